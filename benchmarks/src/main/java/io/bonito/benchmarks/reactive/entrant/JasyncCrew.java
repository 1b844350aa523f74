package io.bonito.benchmarks.reactive.entrant;

import com.github.jasync.sql.db.Configuration;
import com.github.jasync.sql.db.QueryResult;
import com.github.jasync.sql.db.RowData;
import com.github.jasync.sql.db.SSLConfiguration;
import com.github.jasync.sql.db.mysql.MySQLConnection;
import io.bonito.benchmarks.reactive.contest.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Jasync, which takes one statement of a connection at a time, and keeps all rows. */
public final class JasyncCrew extends Chains {
  private final List<MySQLConnection> connections = new ArrayList<>();

  public JasyncCrew(Task task) throws Exception {
    super(task);
    Configuration configuration =
        new Configuration(
            "root", task.host(), task.port(), null, task.schema(), new SSLConfiguration());
    for (int i = 0; i < task.connections(); i++) {
      connections.add(new MySQLConnection(configuration).connect().get(30, TimeUnit.SECONDS));
    }
  }

  @Override
  void onLoop(Hand hand, Runnable action) {
    action.run();
  }

  @Override
  void begin(Hand hand) {
    MySQLConnection connection = connections.get(hand.connection());
    String sql = sql();
    switch (task().work()) {
      case POINT -> prepared(connection, hand);
      case ROWS, STREAM -> told(connection.sendQuery(sql), hand);
      case TWENTY -> inTurn(connection, hand, Task.READS_AT_ONCE);
      case INSERT ->
          told(connection.sendPreparedStatement(sql, List.of("a name of some length")), hand);
    }
  }

  private CompletableFuture<QueryResult> prepared(MySQLConnection connection, Hand hand) {
    return told(connection.sendPreparedStatement(sql(), List.of(hand.key())), hand);
  }

  private void inTurn(MySQLConnection connection, Hand hand, int left) {
    // The hand begins the next operation in its last answer: nothing may follow that here.
    connection
        .sendPreparedStatement(sql(), List.of(hand.key()))
        .whenComplete(
            (result, failure) -> {
              if (failure == null) {
                read(result, hand);
              }
              if (failure == null && left > 1) {
                hand.answered();
                inTurn(connection, hand, left - 1);
              } else {
                hand.answered(failure);
              }
            });
  }

  private static CompletableFuture<QueryResult> told(
      CompletableFuture<QueryResult> answer, Hand hand) {
    return answer.whenComplete(
        (result, failure) -> {
          if (failure == null) {
            read(result, hand);
          }
          hand.answered(failure);
        });
  }

  private static void read(QueryResult result, Hand hand) {
    for (RowData row : result.getRows()) {
      hand.row(row.getInt(0), row.getString(1));
    }
  }

  @Override
  public void close() throws Exception {
    for (MySQLConnection connection : connections) {
      connection.disconnect().get(30, TimeUnit.SECONDS);
    }
  }
}
