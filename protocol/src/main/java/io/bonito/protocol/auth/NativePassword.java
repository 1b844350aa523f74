package io.bonito.protocol.auth;

import static io.bonito.protocol.auth.Digests.sha1;
import static io.bonito.protocol.auth.Digests.xor;

/**
 * {@code mysql_native_password}: the default of MariaDB and of MySQL before 8.0.
 *
 * <pre>
 *   SHA1(password) xor SHA1( challenge(20) SHA1(SHA1(password)) )      20 bytes
 *   empty password                                                     0 bytes
 * </pre>
 *
 * @see <a
 *     href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_authentication_methods_native_password_authentication.html">
 *     Native authentication</a>
 */
final class NativePassword implements AuthPlugin {
  private static final int CHALLENGE_SIZE = 20;

  @Override
  public String name() {
    return "mysql_native_password";
  }

  @Override
  public boolean revealsPassword() {
    return false;
  }

  @Override
  public boolean canProveServer() {
    return true;
  }

  @Override
  public AuthMethod start(AuthContext context) {
    return new Method(context.password());
  }

  private record Method(byte[] password) implements AuthMethod {
    @Override
    public byte[] begin(byte[] sent) {
      byte[] challenge = Digests.challenge(sent, CHALLENGE_SIZE);
      if (password.length == 0) {
        return password;
      }
      byte[] once = sha1(password);
      return xor(once, sha1(challenge, sha1(once)));
    }

    @Override
    public byte[] fingerprintKey() {
      return password.length == 0 ? password : sha1(sha1(password));
    }
  }
}
