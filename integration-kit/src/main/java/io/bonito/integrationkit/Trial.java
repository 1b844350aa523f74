package io.bonito.integrationkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.bonito.protocol.exchange.Exchange;
import io.bonito.protocol.exchange.QueryExchange;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.function.ThrowingSupplier;

/** Calls a transport that may never come back, and waits no longer than the kit's patience. */
record Trial(TransportDriver driver, Duration patience) {
  /** Options for a peer of the kit; in the clear unless more is said. */
  static ConnectionOptions.Builder options(int port) {
    return ConnectionOptions.builder()
        .set(Options.HOST, LoopbackPeer.HOST)
        .set(Options.PORT, port)
        .set(Options.USER, "kit")
        .set(Options.CONNECT_TIMEOUT, Duration.ofMinutes(1));
  }

  <T> T within(ThrowingSupplier<T> call) {
    return assertTimeoutPreemptively(
        patience, call, "the transport has neither answered nor failed");
  }

  void run(Play play, int port) {
    try {
      within(
          () -> {
            play.run(driver, port);
            return play;
          });
    } finally {
      if (play.hasConnected()) {
        play.abandon();
      }
    }
  }

  DrivenConnection open(ConnectionOptions options) {
    return within(() -> driver.open(options));
  }

  /** What is told in answer to a query. */
  List<String> ask(DrivenConnection connection, String sql) {
    return ask(connection, Command.of(new QueryExchange(sql)));
  }

  List<String> ask(DrivenConnection connection, Command command) {
    return within(() -> told(connection, command));
  }

  private static List<String> told(DrivenConnection connection, Command command)
      throws ConnectionException {
    List<String> told = new CopyOnWriteArrayList<>();
    connection.run(List.of(command), (event, exchange) -> told.add(EventText.of(event, exchange)));
    return told;
  }

  /** Why it cannot be connected. */
  ConnectionException failureToOpen(ConnectionOptions options) {
    return within(
        () -> {
          try {
            driver.open(options).close();
          } catch (ConnectionException e) {
            return e;
          }
          throw new AssertionError("the transport has connected");
        });
  }

  /** Why a command gets no answer; the connection must be closed by then. */
  ConnectionException failureToAnswer(DrivenConnection connection, Exchange exchange) {
    return within(
        () -> {
          List<String> told;
          try {
            told = told(connection, Command.of(exchange));
          } catch (ConnectionException e) {
            assertThat(connection.isOpen()).as("open when the failure is told").isFalse();
            return e;
          }
          throw new AssertionError("the transport took this for an answer: " + told);
        });
  }
}
