package io.bonito.protocol.auth;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;

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

  /** OAEP with SHA-1 takes two hashes and two bytes of the key's size. */
  private static final int PADDING_SIZE = 2 * 20 + 2;

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
    try {
      Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
      cipher.init(Cipher.ENCRYPT_MODE, key, new GivenRandom(random));
      return cipher.doFinal(plain);
    } catch (GeneralSecurityException e) {
      // The platform may forbid a key that passed our own rules (jdk.crypto.* policies, FIPS).
      throw new IllegalArgumentException("this Java platform cannot use the server's RSA key", e);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  @Override
  public String toString() {
    return "RSA public key of " + key.getModulus().bitLength() + " bits";
  }

  /** Lets a cipher draw from the randomness that the session was given. */
  private static final class GivenRandom extends SecureRandom {
    private static final long serialVersionUID = 1;
    private final transient RandomGenerator source;

    GivenRandom(RandomGenerator source) {
      this.source = source;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      source.nextBytes(bytes);
    }
  }
}
