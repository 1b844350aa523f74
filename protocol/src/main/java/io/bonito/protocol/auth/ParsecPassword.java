package io.bonito.protocol.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bonito.protocol.buffer.ByteReader;
import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.buffer.RefusedDemandException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * {@code parsec}: a signature with a key derived slowly from the salted password; MariaDB since
 * 11.6.
 *
 * <pre>
 *   server   nonce(32)
 *   client   empty packet
 *   server   'P' cost(1) salt          key seed = PBKDF2-HMAC-SHA512(password, salt, 1024 &lt;&lt; cost)
 *   client   nonce(32) signature(64)   Ed25519 of: server's nonce, client's nonce
 * </pre>
 *
 * @see <a
 *     href="https://mariadb.com/docs/server/reference/clientserver-protocol/1-connecting/connection">
 *     parsec plugin</a>
 */
final class ParsecPassword implements AuthPlugin {
  private static final int NONCE_SIZE = 32;
  private static final int SEED_BITS = 256;
  private static final int FEWEST_ROUNDS = 1024;

  /** A cost of 6, 65,536 rounds, takes a tenth of a second; servers use 0. */
  private static final int HIGHEST_COST = 6;

  private static final int LONGEST_SALT = 255;

  @Override
  public String name() {
    return "parsec";
  }

  @Override
  public boolean revealsPassword() {
    return false;
  }

  @Override
  public boolean answersGreeting() {
    return false;
  }

  @Override
  public boolean canProveServer() {
    return true;
  }

  @Override
  public AuthMethod start(AuthContext context) {
    return new Method(context.password(), context.random());
  }

  private static final class Method implements AuthMethod {
    private final byte[] password;
    private final RandomGenerator random;
    private byte[] serverNonce = {};
    private byte[] fingerprintKey = {};

    Method(byte[] password, RandomGenerator random) {
      this.password = password;
      this.random = random;
    }

    @Override
    public byte[] begin(byte[] sent) {
      serverNonce = Digests.challenge(sent, NONCE_SIZE);
      return new byte[0];
    }

    @Override
    public byte[] answer(ByteReader data) {
      if (fingerprintKey.length > 0) {
        throw new MalformedPacketException("a second salt");
      }
      byte[] parameters = data.readRest();
      Ed25519 key = deriveKey(parameters);
      fingerprintKey = join(parameters, key.publicKey());
      byte[] clientNonce = new byte[NONCE_SIZE];
      random.nextBytes(clientNonce);
      return join(clientNonce, key.sign(join(serverNonce, clientNonce)));
    }

    @Override
    public byte[] fingerprintKey() {
      return password.length == 0 ? password : fingerprintKey;
    }

    private Ed25519 deriveKey(byte[] parameters) {
      if (parameters.length < 3 || parameters.length > 2 + LONGEST_SALT || parameters[0] != 'P') {
        throw new MalformedPacketException(
            "parsec parameters of "
                + parameters.length
                + " bytes; 'P', a cost and 1 to 255 bytes of salt were due");
      }
      int cost = parameters[1] & 0xFF;
      if (cost > HIGHEST_COST) {
        throw new RefusedDemandException(
            "parsec: a cost of " + cost + " where at most " + HIGHEST_COST + " is accepted");
      }
      byte[] salt = Arrays.copyOfRange(parameters, 2, parameters.length);
      char[] characters = new String(password, UTF_8).toCharArray();
      PBEKeySpec spec = new PBEKeySpec(characters, salt, FEWEST_ROUNDS << cost, SEED_BITS);
      try {
        byte[] seed =
            SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded();
        return Ed25519.ofSeed(seed);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("PBKDF2 is part of every Java platform", e);
      } finally {
        spec.clearPassword();
      }
    }

    private static byte[] join(byte[] first, byte[] second) {
      byte[] joined = Arrays.copyOf(first, first.length + second.length);
      System.arraycopy(second, 0, joined, first.length, second.length);
      return joined;
    }
  }
}
