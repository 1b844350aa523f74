package io.bonito.protocol.auth;

import io.bonito.protocol.buffer.ByteReader;
import org.jspecify.annotations.Nullable;

/**
 * {@code sha256_password}: the deprecated forerunner of {@link CachingSha2Password}, which always
 * wants the password itself.
 *
 * <pre>
 *   TLS with a verified peer       password NUL
 *   pinned key                     RSA of it
 *   on this machine, or
 *   key retrieval allowed          "1", then RSA of it with the key that came
 *   empty password                 NUL
 * </pre>
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.0/en/sha256-pluggable-authentication.html">
 *     SHA-256 pluggable authentication</a>
 */
final class Sha256Password implements AuthPlugin {
  private static final int CHALLENGE_SIZE = 20;
  private static final byte KEY_REQUEST = 1;

  @Override
  public String name() {
    return "sha256_password";
  }

  /** Not where it can be encrypted: that is decided when it begins. */
  @Override
  public boolean revealsPassword() {
    return false;
  }

  @Override
  public AuthMethod start(AuthContext context) {
    return new Method(
        new PasswordTransfer(name(), context, KEY_REQUEST, /* clearOverUnixSocket= */ false));
  }

  private static final class Method implements AuthMethod {
    private final PasswordTransfer transfer;
    private byte[] challenge = {};
    private boolean keyDue;

    Method(PasswordTransfer transfer) {
      this.transfer = transfer;
    }

    @Override
    public byte[] begin(byte[] sent) {
      challenge = Digests.challenge(sent, CHALLENGE_SIZE);
      if (transfer.password().length == 0) {
        return new byte[1];
      }
      keyDue = transfer.needsKey();
      return transfer.send(challenge);
    }

    @Override
    public byte @Nullable [] answer(ByteReader data) {
      if (!keyDue) {
        return AuthMethod.super.answer(data);
      }
      keyDue = false;
      return transfer.encryptFor(data, challenge);
    }
  }
}
