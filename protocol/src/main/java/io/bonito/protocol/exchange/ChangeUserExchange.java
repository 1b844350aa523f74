package io.bonito.protocol.exchange;

import io.bonito.protocol.auth.AuthConversation;
import io.bonito.protocol.buffer.ByteReader;
import io.bonito.protocol.message.ChangeUser;
import io.bonito.protocol.message.Greeting;
import io.bonito.protocol.message.Ok;
import io.bonito.protocol.message.ServerError;
import org.jspecify.annotations.Nullable;

/**
 * COM_CHANGE_USER and the authentication that follows it. Everything of the session is forgotten.
 */
public final class ChangeUserExchange extends Exchange {
  private final Login login;
  private final Greeting greeting;
  private final TlsPeer peer;
  private @Nullable AuthConversation conversation;

  ChangeUserExchange(Login login, Greeting greeting, TlsPeer peer) {
    this.login = login;
    this.greeting = greeting;
    this.peer = peer;
  }

  @Override
  public void begin(Wire wire) {
    wire.state().statementNumbers().lost();
    SessionState state = wire.state();
    AuthConversation begun = login.converse(peer, state.server().mariaDb());
    conversation = begun;
    byte[] proof = begun.beginChangeUser(greeting.authPlugin(), greeting.challenge());
    new ChangeUser(
            state.capabilities(),
            LoginExchange.COLLATION,
            login.credentials().user(),
            proof,
            login.database(),
            begun.pluginName(),
            login.attributes())
        .encode(wire.out().beginCommand());
    sequence(wire.out().end());
  }

  @Override
  public Event receive(ByteReader payload, Wire wire) {
    AuthConversation asked = present(conversation, "beginning");
    switch (payload.peekUint8()) {
      case ServerError.HEADER -> {
        return fail(payload);
      }
      case Ok.HEADER -> {
        Ok ok = Ok.decode(payload, wire.state().capabilities());
        asked.succeeded(ok.info());
        wire.state().loggedIn(login.database());
        Event end = complete(ok, wire);
        wire.state().started();
        return end;
      }
      default -> {
        byte[] answer = asked.answer(payload);
        if (answer != null) {
          wire.out().beginReply(sequence()).writeBytes(answer);
          sequence(wire.out().end());
        }
        return Event.NEED_BYTES;
      }
    }
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
