package io.bonito.protocol.value;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bonito.protocol.buffer.ByteWriter;
import io.bonito.protocol.value.Parameters.State;

/**
 * Parameters as SQL literals, for the few statements that the server cannot prepare.
 *
 * <pre>
 *   NULL  42  (-42)  1.50  2.5E0  'O''Neill'  _utf8mb4 x'5C'  _binary x'00FF'
 *   DATE'2026-08-21'  TIMESTAMP'2026-08-21 17:04:05.123456'  TIME'-838:59:59'
 * </pre>
 *
 * <p>What is written reads the same whatever sql_mode says of backslashes, since no literal has
 * one; a negative number cannot become the second half of {@code --}. Literals have the types that
 * the same values have when they are sent in binary.
 */
final class LiteralParameters {
  private static final byte[] HEX = "0123456789ABCDEF".getBytes(US_ASCII);

  private LiteralParameters() {}

  static void write(Parameters parameters, int index, ByteWriter out) {
    switch (parameters.state(index)) {
      case State.NULL -> out.writeText("NULL");
      case State.DEFAULT -> out.writeText("DEFAULT");
      case State.VALUE -> writeValue(parameters, index, out);
      default -> throw new IllegalStateException("parameter " + index + " has no value of its own");
    }
  }

  private static void writeValue(Parameters parameters, int index, ByteWriter out) {
    long number = parameters.number(index);
    switch (ColumnType.of(parameters.type(index))) {
      case TINY, SHORT, LONG -> writeNumber(out, number);
      case LONGLONG -> {
        if (parameters.isUnsigned(index)) {
          out.writeText(Long.toUnsignedString(number));
        } else {
          writeNumber(out, number);
        }
      }
      case FLOAT -> writeDouble(out, Float.intBitsToFloat((int) number));
      case DOUBLE -> writeDouble(out, Double.longBitsToDouble(number));
      case NEWDECIMAL -> writeNumber(out, (String) parameters.present(index));
      case DATE -> out.writeText("DATE'" + TemporalText.date(number) + "'");
      case DATETIME ->
          out.writeText(
              "TIMESTAMP'"
                  + TemporalText.dateTime(number, decimals(PackedDateTime.micros(number)))
                  + "'");
      case TIME ->
          out.writeText(
              "TIME'"
                  + TemporalText.time(number, decimals(number % SqlTime.MICROS_PER_SECOND))
                  + "'");
      case BLOB -> {
        out.writeText("_binary x'");
        writeHex(out, (byte[]) parameters.present(index));
        out.writeInt8('\'');
      }
      default -> writeString(parameters, (String) parameters.present(index), out);
    }
  }

  /** None where there is no fraction, as in the shorter form of the binary format. */
  private static int decimals(long micros) {
    return micros == 0 ? 0 : 6;
  }

  private static void writeNumber(ByteWriter out, long number) {
    if (number < 0) {
      writeNumber(out, Long.toString(number));
    } else {
      out.writeDecimal(number);
    }
  }

  private static void writeNumber(ByteWriter out, String number) {
    if (number.startsWith("-")) {
      out.writeInt8('(');
      out.writeText(number);
      out.writeInt8(')');
    } else {
      out.writeText(number);
    }
  }

  /** With an exponent, as without one it would be a DECIMAL. */
  private static void writeDouble(ByteWriter out, double value) {
    String digits = Double.toString(value);
    writeNumber(out, digits.indexOf('E') < 0 ? digits + "E0" : digits);
  }

  private static void writeString(Parameters parameters, String text, ByteWriter out) {
    SqlCharset charset = parameters.charset();
    if (charset.canHideQuote()) {
      throw new ConversionException(
          "text cannot be written into SQL while character_set_client is "
              + charset
              + ", which can hide a quote; use a prepared statement or SET NAMES utf8mb4");
    }
    if (text.indexOf('\\') >= 0) {
      out.writeText("_utf8mb4 x'");
      writeHex(out, SqlCharset.UTF8MB4.encode(text));
    } else {
      byte[] bytes = charset.encode(text);
      out.writeInt8('\'');
      int from = 0;
      for (int at = 0; at < bytes.length; at++) {
        if (bytes[at] == '\'') {
          out.writeBytes(bytes, from, at + 1 - from);
          from = at; // so that the quote is written twice
        }
      }
      out.writeBytes(bytes, from, bytes.length - from);
    }
    out.writeInt8('\'');
  }

  private static void writeHex(ByteWriter out, byte[] bytes) {
    int at = out.grow(Math.multiplyExact(bytes.length, 2));
    byte[] array = out.array();
    for (byte b : bytes) {
      array[at++] = HEX[b >> 4 & 0xF];
      array[at++] = HEX[b & 0xF];
    }
  }
}
