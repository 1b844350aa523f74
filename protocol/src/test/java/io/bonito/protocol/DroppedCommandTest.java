package io.bonito.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.protocol.auth.AuthPlugins;
import io.bonito.protocol.auth.Credentials;
import io.bonito.protocol.auth.PeerTrust;
import io.bonito.protocol.auth.PublicKeyPolicy;
import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.Exchange;
import io.bonito.protocol.exchange.Login;
import io.bonito.protocol.exchange.QueryExchange;
import io.bonito.testkit.script.ScriptedServer;
import io.bonito.testkit.script.Talk;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A command that waits and then cannot be written takes no other command's event with it. */
class DroppedCommandTest {
  private final Talk server = new ScriptedServer().open();
  private final Session session = session();

  @Test
  void theCommandsAroundItEndAsIfItHadNotBeenThere() {
    assertThat(next()).isEqualTo(Event.READY);
    Exchange before = session.query("SELECT 1");
    Exchange dropped = session.submit(new QueryExchange("SELECT 2", Map.of("not", "agreed on")));
    Exchange behind = session.query("SELECT 3");

    assertThat(next()).isEqualTo(Event.RESULT_END);
    assertThat(next()).isEqualTo(Event.DONE);
    assertThat(session.exchange()).isSameAs(before);
    assertThat(session.isIdle()).isFalse();

    assertThatThrownBy(this::next).isInstanceOf(IllegalStateException.class);
    assertThat(session.exchange()).isSameAs(dropped);

    assertThat(next()).isEqualTo(Event.RESULT_END);
    assertThat(next()).isEqualTo(Event.DONE);
    assertThat(session.exchange()).isSameAs(behind);
    assertThat(session.isIdle()).isTrue();
  }

  private Event next() {
    Event event = session.next();
    while (event == Event.NEED_BYTES) {
      ByteBuffer outbound = session.outbound();
      byte[] bytes = new byte[outbound.remaining()];
      outbound.get(bytes);
      server.fromClient(bytes);
      byte[] answer = server.fromServer();
      assertThat(answer.length + bytes.length).isPositive();
      session.inbound().put(answer);
      session.received(answer.length);
      event = session.next();
    }
    return event;
  }

  private static Session session() {
    return new Session(
        new SessionOptions(
            new Login(
                Credentials.of("user", "secret"),
                "",
                0,
                Login.Tls.NEVER,
                PeerTrust.LOOPBACK,
                AuthPlugins.builtIn(),
                PublicKeyPolicy.none(),
                Map.of(),
                new Random(1))));
  }
}
