package io.bonito.testkit.script;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Builds a packet's payload piece by piece, right or wrong.
 *
 * <pre>{@code
 * new Payload().int8(0xff).int16(1064).text("#42000no").bytes()
 * }</pre>
 */
public final class Payload {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public Payload int8(int value) {
    out.write(value);
    return this;
  }

  public Payload int16(int value) {
    return little(value, 2);
  }

  public Payload int24(int value) {
    return little(value, 3);
  }

  public Payload int32(long value) {
    return little(value, 4);
  }

  public Payload int64(long value) {
    return little(value, 8);
  }

  private Payload little(long value, int size) {
    for (int i = 0; i < size; i++) {
      out.write((int) (value >>> (8 * i)));
    }
    return this;
  }

  /** A length-encoded number, unsigned, in its shortest form. */
  public Payload length(long value) {
    if (value >= 0 && value < 0xfb) {
      return int8((int) value);
    }
    if (value >= 0 && value <= 0xffff) {
      return int8(0xfc).int16((int) value);
    }
    if (value >= 0 && value <= 0xffffff) {
      return int8(0xfd).int24((int) value);
    }
    return int8(0xfe).int64(value);
  }

  public Payload raw(byte... bytes) {
    out.writeBytes(bytes);
    return this;
  }

  public Payload zeros(int count) {
    return raw(new byte[count]);
  }

  /** UTF-8 without length or end. */
  public Payload text(String text) {
    return raw(text.getBytes(StandardCharsets.UTF_8));
  }

  public Payload nulText(String text) {
    return text(text).int8(0);
  }

  /** A length and UTF-8; null is the NULL of text rows. */
  public Payload lengthText(@Nullable String text) {
    return text == null ? int8(0xfb) : lengthBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  public Payload lengthBytes(byte[] bytes) {
    return length(bytes.length).raw(bytes);
  }

  public byte[] bytes() {
    return out.toByteArray();
  }
}
