package io.bonito.protocol.auth;

import io.bonito.protocol.buffer.MalformedPacketException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Hashing, and the challenges that are hashed. */
final class Digests {
  private Digests() {}

  static byte[] sha1(byte[]... parts) {
    return digest("SHA-1", parts);
  }

  static byte[] sha256(byte[]... parts) {
    return digest("SHA-256", parts);
  }

  static byte[] sha512(byte[]... parts) {
    return digest("SHA-512", parts);
  }

  /** Both have the same length. */
  static byte[] xor(byte[] left, byte[] right) {
    byte[] result = new byte[left.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (byte) (left[i] ^ right[i]);
    }
    return result;
  }

  /**
   * A challenge of exactly this size. MySQL ends some of them with a NUL that is not part of it.
   *
   * @throws MalformedPacketException for any other size
   */
  static byte[] challenge(byte[] sent, int size) {
    if (sent.length == size) {
      return sent;
    }
    if (sent.length == size + 1 && sent[size] == 0) {
      return Arrays.copyOf(sent, size);
    }
    throw new MalformedPacketException(
        "a challenge of " + sent.length + " bytes where " + size + " were due");
  }

  private static byte[] digest(String algorithm, byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(algorithm + " is part of every Java platform", e);
    }
  }
}
