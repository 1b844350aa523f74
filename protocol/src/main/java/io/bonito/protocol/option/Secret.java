package io.bonito.protocol.option;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A password on its way to the server. It prints as stars wherever it turns up by accident: in
 * logs, messages and debuggers.
 */
public final class Secret {
  public static final Secret NONE = new Secret(new byte[0]);

  private final byte[] utf8;

  private Secret(byte[] utf8) {
    this.utf8 = utf8;
  }

  public static Secret of(String text) {
    return text.isEmpty() ? NONE : new Secret(text.getBytes(StandardCharsets.UTF_8));
  }

  public boolean isEmpty() {
    return utf8.length == 0;
  }

  /** The password in UTF-8: a copy, which the caller may overwrite after use. */
  public byte[] utf8() {
    return utf8.clone();
  }

  /** The password in the clear. For the few places that need characters, such as a key store. */
  public String reveal() {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && MessageDigest.isEqual(utf8, secret.utf8);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(utf8);
  }

  @Override
  public String toString() {
    return isEmpty() ? "" : "***";
  }
}
