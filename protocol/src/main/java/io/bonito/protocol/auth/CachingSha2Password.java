package io.bonito.protocol.auth;

import static io.bonito.protocol.auth.Digests.sha256;
import static io.bonito.protocol.auth.Digests.xor;

import io.bonito.protocol.buffer.ByteReader;
import io.bonito.protocol.buffer.MalformedPacketException;
import org.jspecify.annotations.Nullable;

/**
 * {@code caching_sha2_password}: the default of MySQL since 8.0.
 *
 * <pre>
 *   ──hash──▶ ANSWERED ──3──▶ ENDED        the server had the account's hash in its cache
 *               │
 *               4  the server wants the password itself
 *               ├──password, hidden or over a verified line──▶ ENDED
 *               └──"2", give me your key──▶ KEY_DUE ──key──▶ ENDED
 *
 *   hash:  SHA256(password) xor SHA256( SHA256(SHA256(password)) challenge(20) )
 *   empty password: 0 bytes
 * </pre>
 *
 * @see <a
 *     href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_caching_sha2_authentication_exchanges.html">
 *     Caching_sha2_password information</a>
 */
final class CachingSha2Password implements AuthPlugin {
  private static final int CHALLENGE_SIZE = 20;
  private static final int FAST_PATH_SUCCEEDED = 3;
  private static final int PASSWORD_WANTED = 4;
  private static final byte KEY_REQUEST = 2;

  @Override
  public String name() {
    return "caching_sha2_password";
  }

  /** Not always: whether the whole password may be sent is decided when the server asks for it. */
  @Override
  public boolean revealsPassword() {
    return false;
  }

  @Override
  public AuthMethod start(AuthContext context) {
    return new Method(
        new PasswordTransfer(name(), context, KEY_REQUEST, /* clearOverUnixSocket= */ true));
  }

  private enum Phase {
    ANSWERED,
    KEY_DUE,
    ENDED
  }

  private static final class Method implements AuthMethod {
    private final PasswordTransfer transfer;
    private Phase phase = Phase.ANSWERED;
    private byte[] challenge = {};

    Method(PasswordTransfer transfer) {
      this.transfer = transfer;
    }

    @Override
    public byte[] begin(byte[] sent) {
      challenge = Digests.challenge(sent, CHALLENGE_SIZE);
      byte[] password = transfer.password();
      if (password.length == 0) {
        phase = Phase.ENDED;
        return password;
      }
      byte[] once = sha256(password);
      return xor(once, sha256(sha256(once), challenge));
    }

    @Override
    public byte @Nullable [] answer(ByteReader data) {
      return switch (phase) {
        case ANSWERED -> status(data);
        case KEY_DUE -> {
          phase = Phase.ENDED;
          yield transfer.encryptFor(data, challenge);
        }
        case ENDED -> AuthMethod.super.answer(data);
      };
    }

    private byte @Nullable [] status(ByteReader data) {
      int size = data.remaining();
      int status = size == 1 ? data.readUint8() : -1;
      if (status == FAST_PATH_SUCCEEDED) {
        phase = Phase.ENDED;
        return null;
      }
      if (status != PASSWORD_WANTED) {
        throw new MalformedPacketException(
            "caching_sha2_password status " + status + " in " + size + " bytes; 3 or 4 was due");
      }
      phase = transfer.needsKey() ? Phase.KEY_DUE : Phase.ENDED;
      return transfer.send(challenge);
    }
  }
}
