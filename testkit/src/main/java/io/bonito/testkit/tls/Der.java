package io.bonito.testkit.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

/** Writes the few DER types that a certificate needs: tag, length, content. */
final class Der {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private Der() {}

  static byte[] value(int tag, byte[]... contents) {
    int length = Arrays.stream(contents).mapToInt(content -> content.length).sum();
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 6);
    out.write(tag);
    if (length < 0x80) {
      out.write(length);
    } else {
      byte[] digits = BigInteger.valueOf(length).toByteArray();
      // A leading zero is BigInteger's sign; DER wants none.
      int skipped = digits[0] == 0 ? 1 : 0;
      out.write(0x80 | (digits.length - skipped));
      out.write(digits, skipped, digits.length - skipped);
    }
    for (byte[] content : contents) {
      out.writeBytes(content);
    }
    return out.toByteArray();
  }

  static byte[] sequence(byte[]... contents) {
    return value(0x30, contents);
  }

  static byte[] set(byte[]... contents) {
    return value(0x31, contents);
  }

  static byte[] integer(BigInteger number) {
    return value(0x02, number.toByteArray());
  }

  static byte[] isTrue() {
    return value(0x01, new byte[] {(byte) 0xff});
  }

  static byte[] nothing() {
    return value(0x05);
  }

  static byte[] octets(byte[]... contents) {
    return value(0x04, contents);
  }

  /** A string of whole bytes; {@code unused} bits at its end do not count. */
  static byte[] bits(int unused, byte[] content) {
    return value(0x03, new byte[] {(byte) unused}, content);
  }

  static byte[] text(String text) {
    return value(0x0c, text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] time(Instant instant) {
    return value(0x18, TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
  }

  /** An object identifier as {@code 2.5.29.17}; its first two numbers share a byte. */
  static byte[] identifier(String dotted) {
    String[] parts = dotted.split("\\.", -1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(Integer.parseInt(parts[0]) * 40 + Integer.parseInt(parts[1]));
    for (int i = 2; i < parts.length; i++) {
      int number = Integer.parseInt(parts[i]);
      for (int shift = 28; shift > 0; shift -= 7) {
        if (number >>> shift != 0) {
          out.write(0x80 | (number >>> shift & 0x7f));
        }
      }
      out.write(number & 0x7f);
    }
    return value(0x06, out.toByteArray());
  }
}
