package io.bonito.benchmarks.reactive.entrant;

import io.bonito.benchmarks.reactive.contest.Task;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.mysqlclient.MySQLConnection;
import io.vertx.mysqlclient.SslMode;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.RowStream;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The client of Vert.x, with its cache of prepared statements, which it has off by default. */
public final class VertxCrew extends Chains {
  private static final int FETCHED_AT_ONCE = 1000;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS));
  private final List<MySQLConnection> connections = new ArrayList<>();

  public VertxCrew(Task task) throws Exception {
    super(task);
    MySQLConnectOptions options =
        new MySQLConnectOptions()
            .setHost(task.host())
            .setPort(task.port())
            .setUser("root")
            .setPassword("")
            .setDatabase(task.schema())
            .setSslMode(SslMode.DISABLED)
            .setPipeliningLimit(task.depth())
            .setCachePreparedStatements(true);
    for (int i = 0; i < task.connections(); i++) {
      connections.add(
          MySQLConnection.connect(vertx, options)
              .toCompletionStage()
              .toCompletableFuture()
              .get(30, TimeUnit.SECONDS));
    }
  }

  /** Calls from elsewhere are taken to the connection's loop by the client. */
  @Override
  void onLoop(Hand hand, Runnable action) {
    action.run();
  }

  @Override
  void begin(Hand hand) {
    MySQLConnection connection = connections.get(hand.connection());
    String sql = sql();
    switch (task().work()) {
      case POINT -> read(connection.preparedQuery(sql).execute(Tuple.of(hand.key())), hand);
      case ROWS -> read(connection.query(sql).execute(), hand);
      case TWENTY -> {
        for (int i = 0; i < Task.READS_AT_ONCE; i++) {
          read(connection.preparedQuery(sql).execute(Tuple.of(hand.key())), hand);
        }
      }
      case STREAM ->
          connection
              .prepare(sql)
              .onFailure(hand::failed)
              .onSuccess(
                  statement -> {
                    RowStream<Row> stream = statement.createStream(FETCHED_AT_ONCE);
                    stream.exceptionHandler(hand::failed);
                    stream.endHandler(
                        nothing -> statement.close().onSuccess(closed -> hand.answered()));
                    stream.handler(row -> hand.row(row.getInteger(0), row.getString(1)));
                  });
      case INSERT ->
          connection
              .preparedQuery(sql)
              .execute(Tuple.of("a name of some length"))
              .onComplete(done -> hand.answered(done.cause()));
    }
  }

  private static void read(Future<RowSet<Row>> rows, Hand hand) {
    rows.onComplete(
        done -> {
          if (done.succeeded()) {
            for (Row row : done.result()) {
              hand.row(row.getInteger(0), row.getString(1));
            }
          }
          hand.answered(done.cause());
        });
  }

  @Override
  public void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
