package io.bonito.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.failure.ConnectionException.Reason;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.option.Secret;
import io.bonito.testkit.server.Server;
import io.bonito.transport.BlockingConnection;
import io.bonito.transport.ConnectionBusyException;
import io.bonito.transport.Result;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One caller at a time, and how each wait of a connection without JDBC ends. */
@Tag("server")
@Timeout(120)
class BlockingConnectionWaitsTest {
  private static final String SERVERS = "io.bonito.testkit.server.Servers#selected";

  // ---- one at a time

  @ParameterizedTest
  @MethodSource(SERVERS)
  void anUnreadResultKeepsOthersOutAndStaysWhole(Server server) throws Exception {
    try (BlockingConnection db = connect(server)) {
      Result result = db.query("SELECT 1 UNION SELECT 2");
      assertThat(result.next()).isTrue();
      assertThatThrownBy(() -> db.query("SELECT 3"))
          .isInstanceOf(ConnectionBusyException.class)
          .hasMessageContaining("not been read to its end");
      assertThat(result.next()).isTrue();
      assertThat(result.row().getInt(0)).isEqualTo(2);
      assertThat(result.next()).isFalse();
      assertThat(db.query("SELECT 3").list(row -> row.getInt(0))).containsExactly(3);
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void closingAnUnreadResultFreesTheConnection(Server server) throws Exception {
    try (BlockingConnection db = connect(server)) {
      db.query("SELECT 1 UNION SELECT 2").close();
      assertThat(db.query("SELECT 3").list(row -> row.getInt(0))).containsExactly(3);
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aSecondThreadIsToldAndDisturbsNothing(Server server) throws Exception {
    try (BlockingConnection db = connect(server)) {
      CountDownLatch begun = new CountDownLatch(1);
      AtomicReference<Object> outcome = new AtomicReference<>();
      Thread sleeper =
          new Thread(
              () -> {
                begun.countDown();
                while (outcome.get() == null) {
                  try {
                    outcome.set(db.query("SELECT SLEEP(1)").list(row -> row.getInt(0)));
                  } catch (ConnectionBusyException e) {
                    // A ping of the other thread came first; the sleep is what it shall meet.
                  } catch (Exception e) {
                    outcome.set(e);
                  }
                }
              });
      sleeper.start();
      begun.await();
      boolean told = false;
      while (!told && sleeper.isAlive()) {
        try {
          db.ping();
        } catch (ConnectionBusyException e) {
          told = true;
        }
      }
      sleeper.join();
      assertThat(told).isTrue();
      assertThat(outcome.get()).isEqualTo(List.of(0));
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void closingFromAnotherThreadEndsTheWait(Server server) throws Exception {
    BlockingConnection db = connect(server);
    Thread closer =
        new Thread(
            () -> {
              awaitSleeper(server);
              db.close();
            });
    closer.start();
    assertThatThrownBy(() -> db.query("SELECT SLEEP(50)"))
        .asInstanceOf(type(ConnectionException.class))
        .satisfies(e -> assertThat(e.commandMayHaveRun()).isTrue())
        .extracting(ConnectionException::reason)
        .isEqualTo(Reason.LOST);
    closer.join();
  }

  // ---- time

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aTimeoutClosesTheConnectionAndTheNextConnectWorks(Server server) throws Exception {
    for (boolean unix : new boolean[] {false, true}) {
      ConnectionOptions.Builder options = options(server);
      if (unix) {
        options.set(Options.LOCAL_SOCKET, server.socketPath().toString());
      }
      BlockingConnection db = BlockingConnection.connect(options.build());
      db.timeout(Duration.ofMillis(300));
      assertThatThrownBy(() -> db.query("SELECT SLEEP(20)"))
          .asInstanceOf(type(ConnectionException.class))
          .extracting(ConnectionException::reason)
          .isEqualTo(Reason.TIMED_OUT);
      assertThat(db.isConnected()).isFalse();
      connect(server).close();
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aConnectionThatTheServerDroppedSaysSoOnce(Server server) throws Exception {
    BlockingConnection db = connect(server);
    db.query("SET wait_timeout = 1");
    long id = db.state().connectionId();
    awaitGone(server, id);
    assertThatThrownBy(() -> db.query("SELECT 1"))
        .asInstanceOf(type(ConnectionException.class))
        .satisfies(e -> assertThat(e.getMessage()).containsIgnoringCase("closed"))
        .extracting(ConnectionException::reason)
        .isEqualTo(Reason.LOST);
    assertThat(db.isConnected()).isFalse();
    db.close();
    try (BlockingConnection next = connect(server)) {
      assertThat(next.query("SELECT 1").list(row -> row.getInt(0))).containsExactly(1);
    }
  }

  // ---- helpers

  private static void awaitGone(Server server, long connectionId) throws Exception {
    try (BlockingConnection watcher = connect(server)) {
      List<Integer> found = List.of(1);
      while (!found.isEmpty()) {
        found =
            watcher
                .query("SELECT 1 FROM information_schema.processlist WHERE id = ?", connectionId)
                .list(row -> row.getInt(0));
      }
    }
  }

  private static void awaitSleeper(Server server) {
    try (BlockingConnection watcher = connect(server)) {
      List<Integer> found = List.of();
      while (found.isEmpty()) {
        found =
            watcher
                .query(
                    "SELECT 1 FROM information_schema.processlist WHERE info LIKE ?",
                    "SELECT SLEEP(50%")
                .list(row -> row.getInt(0));
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static BlockingConnection connect(Server server) throws ConnectionException {
    return BlockingConnection.connect(options(server).build());
  }

  private static ConnectionOptions.Builder options(Server server) {
    return ConnectionOptions.builder()
        .set(Options.HOST, server.host())
        .set(Options.PORT, server.port())
        .set(Options.USER, "root")
        .set(Options.PASSWORD, Secret.NONE);
  }
}
