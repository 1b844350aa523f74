package io.bonito.protocol.auth;

import io.bonito.protocol.buffer.ByteReader;
import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.buffer.RefusedDemandException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The talk between a server that doubts and a client that proves; the same at login and at a change
 * of user.
 *
 * <pre>
 *   begin ──first answer──▶ ASKED ──OK──▶ succeeded
 *                           │  ▲
 *                           └──┘  0xFE plugin NUL challenge    switch: prove it in another way
 *                                 0x01 data                    more of the present way
 *                                 0x02 plugin NUL challenge    next factor (MySQL)
 *                                 data                         as 0x01 (MariaDB)
 * </pre>
 *
 * <p>OK and ERR are the exchange's: it calls {@link #succeeded}, or gives up. No server can keep
 * this going: {@value #MOST_SWITCHES} switches and {@value #MOST_DATA} packets of data for each of
 * at most {@value #MOST_FACTORS} factors.
 */
public final class AuthConversation {
  private static final int SWITCH = 0xFE;
  private static final int MORE_DATA = 0x01;
  private static final int NEXT_FACTOR = 0x02;
  private static final int OK = 0x00;
  private static final int ERROR = 0xFF;
  private static final int LOCAL_FILE = 0xFB;

  private static final int LONGEST_CHANGE_USER_ANSWER = 255;
  private static final int MOST_SWITCHES = 3;
  private static final int MOST_DATA = 8;
  private static final int MOST_FACTORS = Credentials.MOST_PASSWORDS;

  private final AuthPlugins plugins;
  private final Credentials credentials;
  private final PublicKeyPolicy keys;
  private PeerTrust trust;
  private final byte[] fingerprint;
  private final boolean mariaDb;
  private final RandomGenerator random;

  private String pluginName = "";
  private AuthMethod method = challenge -> challenge;
  private byte[] greetingChallenge = {};
  private int factor = 1;
  private int switches;
  private int dataPackets;

  /**
   * @param fingerprint SHA-256 of the peer's certificate; read only where {@code trust} is {@link
   *     PeerTrust#PROOF_DUE}
   * @param mariaDb whether the server is of MariaDB's family
   */
  public AuthConversation(
      AuthPlugins plugins,
      Credentials credentials,
      PublicKeyPolicy keys,
      PeerTrust trust,
      byte[] fingerprint,
      boolean mariaDb,
      RandomGenerator random) {
    this.plugins = plugins;
    this.credentials = credentials;
    this.keys = keys;
    this.trust = trust;
    this.fingerprint = fingerprint;
    this.mariaDb = mariaDb;
    this.random = random;
  }

  /**
   * The first answer, in the plugin that the greeting names, so that the server need not ask for a
   * switch; where that is unknown or not allowed, in another. {@link #pluginName} then tells which.
   *
   * @param challenge the greeting's
   */
  public byte[] begin(String greetingPlugin, byte[] challenge) {
    if (trust == PeerTrust.PROOF_DUE && (!mariaDb || credentials.password(1).length == 0)) {
      throw untrusted(mariaDb ? "an account without password" : "MySQL");
    }
    greetingChallenge = challenge;
    AuthPlugin plugin =
        plugins.contains(greetingPlugin)
            ? plugins.demanded(greetingPlugin)
            : plugins.fallback(mariaDb);
    start(plugin);
    return plugin.answersGreeting() ? method.begin(challenge) : method.beginUnasked();
  }

  /**
   * As {@link #begin}, for a change of user: its first answer has one byte for its length. A longer
   * one (an encrypted password, a token) is left out; servers ask again with a new challenge
   * anyway.
   */
  public byte[] beginChangeUser(String plugin, byte[] challenge) {
    byte[] answer = begin(plugin, challenge);
    return answer.length > LONGEST_CHANGE_USER_ANSWER ? new byte[0] : answer;
  }

  /** The plugin of the latest answer. */
  public String pluginName() {
    return pluginName;
  }

  /**
   * Answers a packet that is neither OK nor ERR.
   *
   * @return the payload to send, possibly empty; null to send nothing and read on
   */
  public byte @Nullable [] answer(ByteReader payload) {
    int header = payload.peekUint8();
    return switch (header) {
      case SWITCH -> switchPlugin(payload);
      case MORE_DATA -> {
        payload.skip(1);
        yield moreData(payload);
      }
      case OK, ERROR, LOCAL_FILE -> throw unexpected(header);
      default -> {
        if (mariaDb) {
          // MariaDB's plugins talk without a header, unless their first byte looks like one.
          yield moreData(payload);
        }
        if (header != NEXT_FACTOR) {
          throw unexpected(header);
        }
        yield nextFactor(payload);
      }
    };
  }

  /**
   * The server has said OK.
   *
   * @param okInfo the info of that OK
   * @throws RefusedDemandException where the OK had to prove the server's certificate and did not
   */
  public void succeeded(String okInfo) {
    if (trust == PeerTrust.PROOF_DUE) {
      byte[] key = method.fingerprintKey();
      if (key.length == 0) {
        throw untrusted(pluginName + ", of which it skipped a part,");
      }
      FingerprintProof.verify(okInfo, key, greetingChallenge, fingerprint);
      trust = PeerTrust.VERIFIED;
    }
  }

  /** What is known of the peer by now: {@link #succeeded} may have verified it. */
  public PeerTrust trust() {
    return trust;
  }

  private byte[] switchPlugin(ByteReader payload) {
    if (payload.remaining() == 1) {
      throw new RefusedDemandException(
          "the server wants mysql_old_password, which is broken since long and not supported: give"
              + " the account a new password on a server with old_passwords=0");
    }
    if (++switches > MOST_SWITCHES) {
      throw new MalformedPacketException("more than " + MOST_SWITCHES + " authentication switches");
    }
    return restart(payload);
  }

  private byte[] nextFactor(ByteReader payload) {
    if (factor == MOST_FACTORS) {
      throw new MalformedPacketException("more than " + MOST_FACTORS + " authentication factors");
    }
    factor++;
    switches = 0;
    dataPackets = 0;
    if (factor > credentials.passwordCount()) {
      throw new RefusedDemandException(
          "the account has " + factor + " factors or more, and password" + factor + " is not set");
    }
    return restart(payload);
  }

  private byte[] restart(ByteReader payload) {
    payload.skip(1);
    AuthPlugin plugin = plugins.demanded(payload.readNulTerminatedText());
    start(plugin);
    return method.begin(payload.readRest());
  }

  private byte @Nullable [] moreData(ByteReader payload) {
    if (++dataPackets > MOST_DATA) {
      throw new MalformedPacketException(
          "more than " + MOST_DATA + " packets of authentication data");
    }
    if (payload.remaining() == 0) {
      throw new MalformedPacketException("authentication data without any data");
    }
    return method.answer(payload);
  }

  private void start(AuthPlugin plugin) {
    if (plugin.revealsPassword() && !trust.isVerified()) {
      throw new RefusedDemandException(
          "the server wants the password in clear ("
              + plugin.name()
              + "), and nobody has verified who it is: use TLS with a trusted certificate");
    }
    if (trust == PeerTrust.PROOF_DUE && !plugin.canProveServer()) {
      throw untrusted(plugin.name());
    }
    pluginName = plugin.name();
    method = plugin.start(new AuthContext(credentials, factor, trust, mariaDb, keys, random));
  }

  private static RefusedDemandException untrusted(String why) {
    return new RefusedDemandException(
        "the server's certificate is not trusted, and it cannot prove itself by the password with "
            + why
            + " (MariaDB 11.4 and later can, with mysql_native_password, client_ed25519, parsec)");
  }

  private static MalformedPacketException unexpected(int header) {
    return new MalformedPacketException(
        "packet with header " + header + " in the middle of authentication");
  }
}
