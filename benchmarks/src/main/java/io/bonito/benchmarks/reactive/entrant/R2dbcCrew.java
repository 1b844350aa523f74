package io.bonito.benchmarks.reactive.entrant;

import io.bonito.benchmarks.reactive.contest.Task;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Any driver behind R2DBC, with a subscriber that does nothing else, so that the driver alone is
 * measured.
 */
public final class R2dbcCrew extends Chains {
  private final List<Connection> connections = new ArrayList<>();

  public R2dbcCrew(Task task) throws Exception {
    super(task);
    System.setProperty("reactor.netty.ioWorkerCount", String.valueOf(LOOPS));
    ConnectionFactory factory =
        ConnectionFactories.get(task.driver().formatted(task.host() + ":" + task.port()));
    for (int i = 0; i < task.connections(); i++) {
      CompletableFuture<Connection> opened = new CompletableFuture<>();
      factory
          .create()
          .subscribe(
              new All<Connection>(
                  opened::complete,
                  failure -> {
                    if (failure != null) {
                      opened.completeExceptionally(failure);
                    }
                  }));
      connections.add(opened.get(30, TimeUnit.SECONDS));
    }
  }

  /** The loops are the driver's own affair, and the first operation is given from here. */
  @Override
  void onLoop(Hand hand, Runnable action) {
    action.run();
  }

  @Override
  void begin(Hand hand) {
    Connection connection = connections.get(hand.connection());
    String sql = sql();
    switch (task().work()) {
      case POINT -> read(connection.createStatement(sql).bind(0, hand.key()), hand);
      case ROWS, STREAM -> read(connection.createStatement(sql), hand);
      case TWENTY -> {
        for (int i = 0; i < Task.READS_AT_ONCE; i++) {
          read(connection.createStatement(sql).bind(0, hand.key()), hand);
        }
      }
      case INSERT ->
          each(
              connection.createStatement(sql).bind(0, "a name of some length"),
              hand,
              result -> result.getRowsUpdated());
    }
  }

  private static void read(Statement statement, Hand hand) {
    each(
        statement,
        hand,
        result ->
            result.map(
                (row, metadata) -> {
                  hand.row(row.get(0, Integer.class), row.get(1, String.class));
                  return hand;
                }));
  }

  private interface Reading {
    Publisher<?> of(Result result);
  }

  private static void each(Statement statement, Hand hand, Reading reading) {
    // Each part may come to its end first: what counts is when both have.
    int[] open = {1};
    Consumer<@Nullable Throwable> end =
        failure -> {
          if (failure != null) {
            hand.failed(failure);
          } else if (--open[0] == 0) {
            hand.answered();
          }
        };
    statement
        .execute()
        .subscribe(
            new All<Result>(
                result -> {
                  open[0]++;
                  reading.of(result).subscribe(new All<Object>(value -> {}, end));
                },
                end));
  }

  /** Wants all, and tells the end; null is a good one. */
  private record All<T>(Consumer<T> each, Consumer<@Nullable Throwable> end)
      implements Subscriber<T> {
    @Override
    public void onSubscribe(Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(T value) {
      each.accept(value);
    }

    @Override
    public void onError(Throwable failure) {
      end.accept(failure);
    }

    @Override
    public void onComplete() {
      end.accept(null);
    }
  }

  @Override
  public void close() throws Exception {
    for (Connection connection : connections) {
      CompletableFuture<Void> closed = new CompletableFuture<>();
      connection.close().subscribe(new All<Void>(nothing -> {}, failure -> closed.complete(null)));
      closed.get(30, TimeUnit.SECONDS);
    }
  }
}
