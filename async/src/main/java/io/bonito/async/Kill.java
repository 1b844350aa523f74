package io.bonito.async;

import io.bonito.netty.LoopConnection;
import io.bonito.netty.Sink;
import io.bonito.protocol.Cancellation;
import io.bonito.protocol.exchange.QueryExchange;
import io.bonito.protocol.message.ServerError;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.row.Row;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Ends one command on the server, over a second connection, by the rules of {@link Cancellation};
 * lives on the loop of the command's own connection.
 *
 * <pre>
 *   begin ──▶ connect ──▶ proof ──▶ KILL QUERY ──▶ answered ─┐
 *   completed ──────────────────────────────────────────────┴─both─▶ (DO 0) ──▶ settled
 * </pre>
 */
final class Kill {
  private static final Duration CONNECT_TIME = Duration.ofSeconds(5);
  private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** For the whole, after which the command's own connection is given up. */
  static final long NANOS = CONNECT_TIME.toNanos() + 2 * ANSWER_NANOS;

  private final Line line;
  private final Cancellation cancellation;
  private @Nullable Future<?> patience;
  private @Nullable Runnable settled;
  private boolean proven;

  Kill(Line line) {
    this.line = line;
    this.cancellation =
        new Cancellation(line.connection().state().connectionId(), line.connection().localPort());
  }

  void begin() {
    cancellation.begin();
    ConnectionOptions options =
        line.connection().options().toBuilder()
            .set(Options.CONNECT_TIMEOUT, CONNECT_TIME)
            .set(Options.DATABASE, "")
            .build();
    patience = line.after(NANOS, this::failed);
    line.connector()
        .connect(options)
        .whenComplete(
            (side, failure) -> {
              if (!line.onLoop(() -> connected(side)) && side != null) {
                side.abort();
              }
            });
  }

  private void connected(@Nullable LoopConnection side) {
    if (side == null) {
      failed();
    } else if (cancellation.mustWait()) {
      ask(side, cancellation.proof(), host -> proved(side, host));
    } else {
      side.close();
    }
  }

  private void proved(LoopConnection side, @Nullable String host) {
    if (!cancellation.mustWait()) {
      side.close(); // the command was over before
      return;
    }
    proven = cancellation.prove(host);
    if (proven) {
      ask(
          side,
          cancellation.kill(),
          none -> {
            side.close();
            if (cancellation.mustWait()) {
              cancellation.killed();
              settleIfMay();
            }
          });
    } else {
      side.close();
      settleIfMay();
    }
  }

  private void failed() {
    cancellation.failed();
    settleIfMay();
  }

  /**
   * The command's answer is complete.
   *
   * @param then to be run when another command may be sent, or the connection has been given up
   */
  void completed(@Nullable ServerError error, Runnable then) {
    settled = then;
    cancellation.completed(error);
    if (cancellation.mustWait() && !proven) {
      cancellation.failed(); // nothing was sent, and nothing will be
    }
    settleIfMay();
  }

  /** The command's connection is gone, and with it what was to be ended. */
  void connectionLost() {
    stopWaiting();
    cancellation.failed();
  }

  /** Whether the server was told while the command was not known to be over. */
  boolean isKilled() {
    return cancellation.isKilled();
  }

  private void settleIfMay() {
    if (cancellation.mustWait()) {
      return;
    }
    stopWaiting();
    if (cancellation.mustClose()) {
      line.connection().abort();
    }
    Runnable then = settled;
    if (then == null) {
      return; // called again when the answer is complete
    }
    settled = null;
    if (cancellation.wantsSweep()) {
      QueryExchange sweep = new QueryExchange(Cancellation.SWEEP);
      sweep.deadline(System.nanoTime() + ANSWER_NANOS);
      line.connection().submit(sweep, new Question(none -> then.run(), then));
    } else {
      then.run();
    }
  }

  private void stopWaiting() {
    Future<?> waiting = patience;
    if (waiting != null) {
      waiting.cancel(false);
      patience = null;
    }
  }

  private void ask(LoopConnection side, String sql, Consumer<@Nullable String> answered) {
    QueryExchange exchange = new QueryExchange(sql);
    exchange.deadline(System.nanoTime() + ANSWER_NANOS);
    side.submit(
        exchange,
        new Question(
            value -> line.onLoop(() -> answered.accept(value)),
            () -> {
              side.close();
              line.onLoop(this::failed);
            }));
  }

  /** Takes the one value that a question has for an answer. */
  private static final class Question implements Sink {
    private final Consumer<@Nullable String> answered;
    private final Runnable unanswered;
    private @Nullable String value;

    Question(Consumer<@Nullable String> answered, Runnable unanswered) {
      this.answered = answered;
      this.unanswered = unanswered;
    }

    @Override
    public boolean row(Row row) {
      value = row.getString(0);
      return true;
    }

    @Override
    public void done() {
      answered.accept(value);
    }

    @Override
    public void refused(ServerError error) {
      unanswered.run();
    }

    @Override
    public void failed(Throwable failure) {
      unanswered.run();
    }
  }
}
