package io.bonito.protocol.auth;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.random.RandomGenerator;

/** The RSA key of a MySQL server, to which a password can be sent over a line that others read. */
public final class ServerPublicKey {
  private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
  private static final String END = "-----END PUBLIC KEY-----";

  /** A key of 16,384 bits takes 2,900 characters. */
  private static final int LONGEST_PEM = 8192;

  private static final int FEWEST_BITS = 2048;
  private static final int MOST_BITS = 16_384;
  private static final int MOST_EXPONENT_BITS = 64;
  private static final BigInteger LEAST_EXPONENT = BigInteger.valueOf(65_537);

  private static final int HASH_SIZE = 20;

  /** What OAEP takes of the key's size: two hashes and two bytes. */
  private static final int PADDING_SIZE = 2 * HASH_SIZE + 2;

  private final RSAPublicKey key;

  private ServerPublicKey(RSAPublicKey key) {
    this.key = key;
  }

  /**
   * Reads a key as MySQL keeps and sends it: a SubjectPublicKeyInfo as PEM text.
   *
   * @throws IllegalArgumentException where it is no RSA key, or has fewer than 2,048 bits, or an
   *     exponent below 65,537
   */
  public static ServerPublicKey parse(String pem) {
    if (pem.length() > LONGEST_PEM) {
      throw new IllegalArgumentException(
          "a public key of " + pem.length() + " characters, at most " + LONGEST_PEM + " were due");
    }
    int begin = pem.indexOf(BEGIN);
    int end = pem.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException("no text between " + BEGIN + " and " + END);
    }
    byte[] encoded = Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end));
    RSAPublicKey key;
    try {
      key =
          (RSAPublicKey)
              KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(encoded));
    } catch (InvalidKeySpecException e) {
      throw new IllegalArgumentException("not the encoding of an RSA public key", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("RSA is part of every Java platform", e);
    }
    int bits = key.getModulus().bitLength();
    if (bits < FEWEST_BITS || bits > MOST_BITS) {
      throw new IllegalArgumentException(
          "an RSA key of "
              + bits
              + " bits where "
              + FEWEST_BITS
              + " to "
              + MOST_BITS
              + " were due");
    }
    BigInteger exponent = key.getPublicExponent();
    if (exponent.compareTo(LEAST_EXPONENT) < 0
        || exponent.bitLength() > MOST_EXPONENT_BITS
        || !exponent.testBit(0)) {
      throw new IllegalArgumentException("an RSA key whose exponent is below 65537, even or huge");
    }
    return new ServerPublicKey(key);
  }

  /**
   * Hides a password from all but the holder of the private key.
   *
   * <pre>
   *   RSA-OAEP-SHA1( (password NUL) xor (challenge, repeated) )
   * </pre>
   *
   * @throws IllegalArgumentException where the password is too long for the key
   */
  byte[] encrypt(byte[] password, byte[] challenge, RandomGenerator random) {
    int keySize = (key.getModulus().bitLength() + 7) / 8;
    if (password.length + 1 > keySize - PADDING_SIZE) {
      throw new IllegalArgumentException(
          "the password is too long for the server's RSA key of " + keySize + " bytes");
    }
    byte[] plain = Arrays.copyOf(password, password.length + 1);
    for (int i = 0; i < plain.length; i++) {
      plain[i] ^= challenge[i % challenge.length];
    }
    byte[] padded = pad(plain, keySize, random);
    byte[] number =
        new BigInteger(1, padded).modPow(key.getPublicExponent(), key.getModulus()).toByteArray();
    Arrays.fill(plain, (byte) 0);
    Arrays.fill(padded, (byte) 0);
    // A BigInteger has as many bytes as it needs, and one more for its sign.
    byte[] encrypted = new byte[keySize];
    int size = Math.min(number.length, keySize);
    System.arraycopy(number, number.length - size, encrypted, keySize - size, size);
    return encrypted;
  }

  /**
   * OAEP, done here so that its randomness is the session's; a cipher of the platform takes none
   * but its own.
   *
   * <pre>
   *   block = SHA1()(20)  zeros  0x01  plain
   *   0x00  seed(20) xor mask(masked block)  block xor mask(seed)
   * </pre>
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc8017#section-7.1.1">RFC 8017, 7.1.1</a>
   */
  private static byte[] pad(byte[] plain, int keySize, RandomGenerator random) {
    byte[] seed = new byte[HASH_SIZE];
    random.nextBytes(seed);
    byte[] block = Arrays.copyOf(Digests.sha1(), keySize - HASH_SIZE - 1);
    block[block.length - plain.length - 1] = 1;
    System.arraycopy(plain, 0, block, block.length - plain.length, plain.length);
    byte[] maskedBlock = Digests.xor(block, mask(seed, block.length));
    byte[] maskedSeed = Digests.xor(seed, mask(maskedBlock, HASH_SIZE));
    Arrays.fill(block, (byte) 0);
    byte[] padded = new byte[keySize];
    System.arraycopy(maskedSeed, 0, padded, 1, HASH_SIZE);
    System.arraycopy(maskedBlock, 0, padded, 1 + HASH_SIZE, maskedBlock.length);
    return padded;
  }

  /** MGF1 with SHA-1: the hashes of the seed and a counter, one after the other. */
  private static byte[] mask(byte[] seed, int size) {
    byte[] mask = new byte[size];
    for (int at = 0; at < size; at += HASH_SIZE) {
      int counter = at / HASH_SIZE;
      byte[] hash = Digests.sha1(seed, new byte[] {0, 0, (byte) (counter >> 8), (byte) counter});
      System.arraycopy(hash, 0, mask, at, Math.min(HASH_SIZE, size - at));
    }
    return mask;
  }

  @Override
  public String toString() {
    return "RSA public key of " + key.getModulus().bitLength() + " bits";
  }
}
