package io.bonito.protocol.auth;

import java.util.Arrays;

/**
 * Signing with Ed25519, for seeds of any length.
 *
 * <pre>
 *   SHA512(seed) = scalar(32), clamped   prefix(32)
 *   public key   = scalar * base point
 *   r            = SHA512(prefix, message)           R = r * base point
 *   k            = SHA512(R, public key, message)    S = r + k * scalar   mod the group's order
 *   signature    = R(32) S(32)
 * </pre>
 *
 * <p>The platform's own Ed25519 takes seeds of 32 bytes only. With those, both give the same
 * signatures. Time does not depend on the key.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8032#section-5.1">RFC 8032, 5.1</a>
 */
final class Ed25519 {
  private static final int SIZE = 32;

  private final byte[] scalar;
  private final byte[] prefix;
  private final byte[] publicKey;

  private Ed25519(byte[] expanded) {
    scalar = Arrays.copyOf(expanded, SIZE);
    scalar[0] &= (byte) 0b1111_1000;
    scalar[31] &= 0b0111_1111;
    scalar[31] |= 0b0100_0000;
    prefix = Arrays.copyOfRange(expanded, SIZE, 2 * SIZE);
    publicKey = EdwardsPoint.multiplyBase(scalar).encode();
  }

  static Ed25519 ofSeed(byte[] seed) {
    return new Ed25519(Digests.sha512(seed));
  }

  /** 32 bytes; shared, not copied. */
  byte[] publicKey() {
    return publicKey;
  }

  /** 64 bytes. */
  byte[] sign(byte[] message) {
    byte[] r = EdwardsScalar.reduce(Digests.sha512(prefix, message));
    byte[] encodedR = EdwardsPoint.multiplyBase(r).encode();
    byte[] k = EdwardsScalar.reduce(Digests.sha512(encodedR, publicKey, message));
    byte[] s = EdwardsScalar.multiplyAdd(k, EdwardsScalar.reduce(scalar), r);
    byte[] signature = Arrays.copyOf(encodedR, 2 * SIZE);
    System.arraycopy(s, 0, signature, SIZE, SIZE);
    return signature;
  }
}
