package io.bonito.protocol.exchange;

import io.bonito.protocol.auth.AuthConversation;
import io.bonito.protocol.buffer.ByteReader;
import io.bonito.protocol.buffer.RefusedDemandException;
import io.bonito.protocol.message.Capability;
import io.bonito.protocol.message.Greeting;
import io.bonito.protocol.message.HandshakeResponse;
import io.bonito.protocol.message.Ok;
import io.bonito.protocol.message.ServerError;
import io.bonito.protocol.message.ServerVersion;
import io.bonito.protocol.message.TlsRequest;
import org.jspecify.annotations.Nullable;

/**
 * From the server's greeting to its first OK.
 *
 * <pre>
 *   GREETING ──greeting──▶ ANSWERED ──OK──▶ done
 *      │          ▲        │  ▲  └────ERR──▶ failed
 *      ▼          │        └──┘ auth switch, more auth data, next factor
 *   START_TLS ────┘ TLS is up
 * </pre>
 *
 * @see <a
 *     href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase.html">Connection
 *     Phase</a>
 */
public final class LoginExchange extends Exchange {
  /** What every session asks for, as far as the server offers it. */
  private static final long WANTED =
      Capability.LONG_FLAG
          | Capability.PROTOCOL_41
          | Capability.TRANSACTIONS
          | Capability.SECURE_CONNECTION
          | Capability.MULTI_RESULTS
          | Capability.PS_MULTI_RESULTS
          | Capability.PLUGIN_AUTH
          | Capability.PLUGIN_AUTH_LENENC_CLIENT_DATA
          | Capability.CONNECT_ATTRS
          | Capability.SESSION_TRACK
          | Capability.DEPRECATE_EOF;

  private static final long WANTED_OF_MYSQL =
      Capability.LONG_PASSWORD | Capability.MULTI_FACTOR_AUTHENTICATION;

  /** MariaDB reads them only where LONG_PASSWORD is not set. */
  private static final long WANTED_OF_MARIADB =
      Capability.MARIADB_STMT_BULK_OPERATIONS
          | Capability.MARIADB_EXTENDED_METADATA
          | Capability.MARIADB_CACHE_METADATA
          | Capability.MARIADB_BULK_UNIT_RESULTS;

  /** utf8mb4_general_ci: both families have known it since there is utf8mb4. */
  static final int COLLATION = 45;

  private final Login login;
  private @Nullable Greeting greeting;
  private @Nullable AuthConversation conversation;
  private TlsPeer peer;
  private long capabilities;
  private boolean startingTls;

  public LoginExchange(Login login) {
    this.login = login;
    this.peer = new TlsPeer(login.plainTrust(), new byte[0]);
  }

  @Override
  public void begin(Wire wire) {
    // The server speaks first.
  }

  @Override
  public Event receive(ByteReader payload, Wire wire) {
    if (payload.peekUint8() == ServerError.HEADER) {
      return fail(payload);
    }
    AuthConversation asked = conversation;
    if (asked == null) {
      return greeted(Greeting.decode(payload), wire);
    }
    if (payload.peekUint8() == Ok.HEADER) {
      Ok ok = Ok.decode(payload, capabilities);
      asked.succeeded(ok.info());
      // Where the certificate had to be proved it has been, for as long as this connection lasts.
      peer = new TlsPeer(asked.trust(), peer.fingerprint());
      wire.state().loggedIn(login.database());
      complete(ok, wire);
      wire.state().started();
      return Event.READY;
    }
    byte[] answer = asked.answer(payload);
    if (answer != null) {
      wire.out().beginReply(sequence()).writeBytes(answer);
      sequence(wire.out().end());
    }
    return Event.NEED_BYTES;
  }

  private Event greeted(Greeting received, Wire wire) {
    greeting = received;
    ServerVersion version = ServerVersion.of(received);
    wire.state().greeted(version, received.connectionId());
    long wanted =
        WANTED | login.capabilities() | (version.mariaDb() ? WANTED_OF_MARIADB : WANTED_OF_MYSQL);
    capabilities = wanted & received.capabilities();
    if (version.mariaDb() && received.offers(Capability.LONG_PASSWORD)) {
      capabilities |= Capability.LONG_PASSWORD;
    }
    if (!login.database().isEmpty()) {
      capabilities |= Capability.CONNECT_WITH_DB;
    }
    boolean offered = received.offers(Capability.SSL);
    if (login.tls() == Login.Tls.ALWAYS || (login.tls() == Login.Tls.IF_OFFERED && offered)) {
      if (!offered) {
        throw new RefusedDemandException(
            "the server offers no TLS and wants to be spoken to in the clear, which was not allowed");
      }
      capabilities |= Capability.SSL;
      new TlsRequest(capabilities, COLLATION).encode(wire.out().beginReply(sequence()));
      sequence(wire.out().end());
      startingTls = true;
      return Event.START_TLS;
    }
    answerGreeting(received, wire);
    return Event.NEED_BYTES;
  }

  @Override
  public Event due(Wire wire) {
    if (startingTls) {
      return Event.START_TLS;
    }
    if (greeting != null && conversation == null) {
      answerGreeting(greeting, wire);
    }
    return Event.NEED_BYTES;
  }

  /**
   * @throws IllegalStateException where TLS has not been asked for
   */
  public void tlsEstablished(TlsPeer verified) {
    if (!startingTls) {
      throw new IllegalStateException("the session has not asked for TLS");
    }
    startingTls = false;
    // The greeting is answered when the next event is asked for: that is where refusals are told.
    peer = verified;
  }

  private void answerGreeting(Greeting received, Wire wire) {
    wire.state().agreed(capabilities);
    AuthConversation begun = login.converse(peer, wire.state().server().mariaDb());
    conversation = begun;
    byte[] proof = begun.begin(received.authPlugin(), received.challenge());
    new HandshakeResponse(
            capabilities,
            COLLATION,
            login.credentials().user(),
            proof,
            login.database(),
            begun.pluginName(),
            login.attributes())
        .encode(wire.out().beginReply(sequence()));
    sequence(wire.out().end());
  }

  /** COM_CHANGE_USER on the connection that this login has opened. */
  public ChangeUserExchange changeUser(Login other) {
    if (greeting == null) {
      throw new IllegalStateException("no greeting has come yet");
    }
    return new ChangeUserExchange(other, greeting, peer);
  }

  public Login login() {
    return login;
  }

  @Override
  boolean maySwitchCharacterSet(SessionState state) {
    return true;
  }

  @Override
  public boolean isBarrier(SessionState state) {
    return true;
  }

  @Override
  public long sizeHint() {
    return 256;
  }
}
