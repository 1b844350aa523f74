package io.bonito.protocol.value;

import io.bonito.protocol.buffer.ByteWriter;
import io.bonito.protocol.value.Parameters.State;
import java.nio.charset.StandardCharsets;

/** Parameters as COM_STMT_EXECUTE and COM_STMT_BULK_EXECUTE want them. */
final class BinaryParameters {
  private static final int VALUE_FOLLOWS = 0;
  private static final int IS_NULL = 1;
  private static final int IS_DEFAULT = 2;
  private static final int IS_IGNORED = 3;

  private BinaryParameters() {}

  static void write(Parameters parameters, ByteWriter out, boolean sendTypes, boolean named) {
    int count = parameters.count();
    if (count == 0) {
      return;
    }
    int unset = parameters.firstUnset();
    if (unset >= 0) {
      throw new IllegalStateException("parameter " + unset + " has no value");
    }
    int start = out.end();
    out.writeZeros((count + 7) / 8);
    out.writeInt8(sendTypes ? 1 : 0);
    if (sendTypes) {
      for (int index = 0; index < count; index++) {
        out.writeInt16(parameters.wireType(index));
        if (named) {
          out.writeLengthEncodedText(parameters.name(index));
        }
      }
    }
    for (int index = 0; index < count; index++) {
      switch (parameters.state(index)) {
        case State.VALUE -> writeValue(parameters, index, out, start);
        case State.SENT -> {}
        case State.NULL -> setNullBit(out, start, index);
        default -> {
          out.truncate(start);
          throw new IllegalStateException(
              "parameter " + index + ": DEFAULT and IGNORE go with bulk execution only");
        }
      }
    }
  }

  static void writeBulkRow(Parameters parameters, int from, int to, ByteWriter out) {
    int start = out.end();
    for (int index = from; index < to; index++) {
      switch (parameters.state(index)) {
        case State.VALUE -> {
          out.writeInt8(VALUE_FOLLOWS);
          writeValue(parameters, index, out, start);
        }
        case State.NULL -> out.writeInt8(IS_NULL);
        case State.DEFAULT -> out.writeInt8(IS_DEFAULT);
        case State.IGNORE -> out.writeInt8(IS_IGNORED);
        default -> {
          out.truncate(start);
          throw new IllegalStateException("parameter " + index + " has no value of its own");
        }
      }
    }
  }

  private static void setNullBit(ByteWriter out, int bitmapAt, int index) {
    int at = bitmapAt + (index >> 3);
    out.setInt8(at, out.array()[at] | 1 << (index & 7));
  }

  /**
   * @param start where to go back to where the value cannot be written
   */
  private static void writeValue(Parameters parameters, int index, ByteWriter out, int start) {
    long number = parameters.number(index);
    switch (ColumnType.of(parameters.type(index))) {
      case TINY -> out.writeInt8((int) number);
      case SHORT -> out.writeInt16((int) number);
      case LONG, FLOAT -> out.writeInt32((int) number);
      case LONGLONG, DOUBLE -> out.writeInt64(number);
      case DATE -> {
        out.writeInt8(4);
        writeDate(out, number);
      }
      case DATETIME -> writeDateTime(out, number);
      case TIME -> writeTime(out, number);
      case NEWDECIMAL -> {
        String digits = (String) parameters.present(index);
        out.writeLengthEncodedBytes(digits.getBytes(StandardCharsets.ISO_8859_1));
      }
      case BLOB -> out.writeLengthEncodedBytes((byte[]) parameters.present(index));
      default -> writeText(parameters, index, out, start);
    }
  }

  private static void writeText(Parameters parameters, int index, ByteWriter out, int start) {
    byte[] text;
    try {
      text = parameters.charset().encode((String) parameters.present(index));
    } catch (ConversionException e) {
      out.truncate(start);
      throw e;
    }
    out.writeLengthEncodedBytes(text);
  }

  /** {@code year(2) month(1) day(1)} */
  private static void writeDate(ByteWriter out, long packed) {
    out.writeInt16(PackedDateTime.year(packed));
    out.writeInt8(PackedDateTime.month(packed));
    out.writeInt8(PackedDateTime.day(packed));
  }

  /** {@code length(1)=7 date(4) hour(1) minute(1) second(1)}, or with length 11 and micros(4). */
  private static void writeDateTime(ByteWriter out, long packed) {
    int micros = PackedDateTime.micros(packed);
    out.writeInt8(micros == 0 ? 7 : 11);
    writeDate(out, packed);
    out.writeInt8(PackedDateTime.hour(packed));
    out.writeInt8(PackedDateTime.minute(packed));
    out.writeInt8(PackedDateTime.second(packed));
    if (micros != 0) {
      out.writeInt32(micros);
    }
  }

  /**
   * {@code length(1)=8 sign(1) days(4) hour(1) minute(1) second(1)}, or with length 12 and
   * micros(4).
   */
  private static void writeTime(ByteWriter out, long signedMicros) {
    long all = Math.abs(signedMicros);
    int micros = (int) (all % SqlTime.MICROS_PER_SECOND);
    int seconds = (int) (all / SqlTime.MICROS_PER_SECOND);
    out.writeInt8(micros == 0 ? 8 : 12);
    out.writeInt8(signedMicros < 0 ? 1 : 0);
    out.writeInt32(seconds / 86_400);
    out.writeInt8(seconds / 3600 % 24);
    out.writeInt8(seconds / 60 % 60);
    out.writeInt8(seconds % 60);
    if (micros != 0) {
      out.writeInt32(micros);
    }
  }
}
