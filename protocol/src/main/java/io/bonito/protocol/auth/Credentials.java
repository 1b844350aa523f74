package io.bonito.protocol.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A user's name and passwords, for one login.
 *
 * <p>Passwords are kept as UTF-8 and never printed. {@link #close} wipes them; a provider gives a
 * new object at each connect.
 */
public final class Credentials implements AutoCloseable {
  /** An account has at most three factors. */
  public static final int MOST_PASSWORDS = 3;

  private static final int MOST_BYTES_OF_A_CHAR = 3;
  private static final byte[] NO_PASSWORD = {};

  private final String user;
  private final List<byte[]> passwords;

  private Credentials(String user, List<byte[]> passwords) {
    this.user = user;
    this.passwords = passwords;
  }

  /**
   * @param passwords of the first, second and third factor; none for an account without password.
   *     They are copied, and remain the caller's to wipe
   * @throws IllegalArgumentException for more than three, or for a NUL in the user's name
   */
  public static Credentials ofCharacters(String user, char[]... passwords) {
    if (passwords.length > MOST_PASSWORDS) {
      throw new IllegalArgumentException(
          passwords.length + " passwords where an account has at most " + MOST_PASSWORDS);
    }
    if (user.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a user's name cannot hold a NUL");
    }
    List<byte[]> encoded = new ArrayList<>();
    for (char[] password : passwords) {
      encoded.add(utf8(password));
    }
    return new Credentials(user, List.copyOf(encoded));
  }

  /** As {@link #ofCharacters}, for passwords that are strings already. */
  public static Credentials of(String user, String... passwords) {
    char[][] characters = new char[passwords.length][];
    for (int i = 0; i < passwords.length; i++) {
      characters[i] = passwords[i].toCharArray();
    }
    return ofCharacters(user, characters);
  }

  public String user() {
    return user;
  }

  public int passwordCount() {
    return passwords.size();
  }

  /**
   * @param factor counted from 1
   * @return the password in UTF-8; empty where none was given
   */
  public byte[] password(int factor) {
    return factor <= passwords.size() ? passwords.get(factor - 1) : NO_PASSWORD;
  }

  /** Overwrites the passwords; logins that still use them fail. */
  @Override
  public void close() {
    for (byte[] password : passwords) {
      Arrays.fill(password, (byte) 0);
    }
  }

  @Override
  public String toString() {
    return "Credentials of " + user;
  }

  private static byte[] utf8(char[] password) {
    ByteBuffer encoded = ByteBuffer.allocate(password.length * MOST_BYTES_OF_A_CHAR);
    UTF_8
        .newEncoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .encode(CharBuffer.wrap(password), encoded, /* endOfInput= */ true);
    byte[] bytes = Arrays.copyOf(encoded.array(), encoded.position());
    Arrays.fill(encoded.array(), (byte) 0);
    return bytes;
  }
}
