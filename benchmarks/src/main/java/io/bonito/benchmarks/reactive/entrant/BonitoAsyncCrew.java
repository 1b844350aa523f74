package io.bonito.benchmarks.reactive.entrant;

import io.bonito.async.AsyncConnection;
import io.bonito.async.Outcome;
import io.bonito.async.Pipeline;
import io.bonito.async.Query;
import io.bonito.async.Receiver;
import io.bonito.benchmarks.reactive.contest.Task;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.row.Row;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Bonito's own interface. */
public final class BonitoAsyncCrew extends Chains {
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(LOOPS, NioIoHandler.newFactory());
  private final List<AsyncConnection> connections = new ArrayList<>();

  public BonitoAsyncCrew(Task task) throws Exception {
    super(task);
    ConnectionOptions options =
        ConnectionOptions.builder()
            .set(Options.HOST, task.host())
            .set(Options.PORT, task.port())
            .set(Options.USER, "root")
            .set("sslMode", "disable")
            .build();
    for (int i = 0; i < task.connections(); i++) {
      connections.add(AsyncConnection.connect(options, loops).get(30, TimeUnit.SECONDS));
    }
  }

  @Override
  void onLoop(Hand hand, Runnable action) {
    connections.get(hand.connection()).transport().eventLoop().execute(action);
  }

  @Override
  void begin(Hand hand) {
    AsyncConnection connection = connections.get(hand.connection());
    String sql = sql();
    switch (task().work()) {
      case POINT -> read(connection.query(sql, hand.key()), hand);
      case ROWS, STREAM -> read(connection.query(sql), hand);
      case TWENTY -> {
        Pipeline pipeline = connection.pipeline();
        for (int i = 0; i < Task.READS_AT_ONCE; i++) {
          pipeline
              .add(
                  connection.query(sql, hand.key()),
                  row -> {
                    hand.row(row.getInt(0), row.getString(1));
                    return true;
                  })
              .whenComplete((rows, failure) -> hand.answered(failure));
        }
        pipeline.run();
      }
      case INSERT ->
          connection
              .query(sql, "a name of some length")
              .run()
              .whenComplete((outcome, failure) -> hand.answered(failure));
    }
  }

  private static void read(Query query, Hand hand) {
    query
        .start(
            new Receiver() {
              @Override
              public void row(Row row) {
                hand.row(row.getInt(0), row.getString(1));
              }

              @Override
              public void resultEnd(Outcome outcome) {}

              @Override
              public void completed() {
                hand.answered();
              }

              @Override
              public void failed(RuntimeException failure) {
                hand.failed(failure);
              }
            })
        .request(Long.MAX_VALUE);
  }

  @Override
  public void close() throws Exception {
    for (AsyncConnection connection : connections) {
      connection.closeNow();
    }
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
  }
}
