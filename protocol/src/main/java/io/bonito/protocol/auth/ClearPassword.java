package io.bonito.protocol.auth;

/**
 * {@code mysql_clear_password}: the password itself, for servers that pass it on (PAM, LDAP, tokens
 * of cloud providers). Only towards a verified peer.
 */
final class ClearPassword implements AuthPlugin {
  @Override
  public String name() {
    return "mysql_clear_password";
  }

  @Override
  public boolean revealsPassword() {
    return true;
  }

  @Override
  public AuthMethod start(AuthContext context) {
    return challenge -> PasswordTransfer.nulTerminated(context.password());
  }
}
