package io.bonito.protocol.auth;

/**
 * {@code client_ed25519}: a signature with a key made of the password; MariaDB since 10.1.
 *
 * <pre>
 *   Ed25519 signature of challenge(32), whose expanded private key is SHA512(password)   64 bytes
 * </pre>
 *
 * <p>Ordinary Ed25519 hashes a seed of 32 bytes into that expanded key. Here the password, of any
 * length, takes the seed's place, which no Java platform offers: hence {@link Ed25519}.
 *
 * @see <a
 *     href="https://mariadb.com/docs/server/reference/clientserver-protocol/1-connecting/connection">
 *     client_ed25519 plugin</a>
 */
final class Ed25519Password implements AuthPlugin {
  private static final int CHALLENGE_SIZE = 32;

  @Override
  public String name() {
    return "client_ed25519";
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
    return new Method(context.password());
  }

  private record Method(byte[] password) implements AuthMethod {
    @Override
    public byte[] begin(byte[] sent) {
      // An empty password is signed with like any other: the server keeps its public key too.
      return key().sign(Digests.challenge(sent, CHALLENGE_SIZE));
    }

    @Override
    public byte[] fingerprintKey() {
      return password.length == 0 ? password : key().publicKey();
    }

    private Ed25519 key() {
      return Ed25519.ofSeed(password);
    }
  }
}
