package io.bonito.r2dbc;

import io.bonito.testkit.server.Server;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Result;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Words that the tests of this package share. */
final class Connections {
  static final String SERVERS = "io.bonito.testkit.server.Servers#selected";
  static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A hundred thousand rows for which the server needs no table. */
  static final String MANY;

  static {
    StringBuilder sql =
        new StringBuilder(
            "SELECT a.n + 10 * b.n + 100 * c.n + 1000 * d.n + 10000 * e.n AS i FROM ");
    for (String name : List.of("a", "b", "c", "d", "e")) {
      sql.append("(SELECT 0 n");
      for (int digit = 1; digit < 10; digit++) {
        sql.append(" UNION ALL SELECT ").append(digit);
      }
      sql.append(") ").append(name).append(name.equals("e") ? "" : ",");
    }
    MANY = sql.toString();
  }

  private Connections() {}

  static String url(Server server, String database) {
    return "r2dbc:bonito:%s://%s@%s:%d/%s"
        .formatted(
            server.family().name().toLowerCase(Locale.ROOT),
            server.user(),
            server.host(),
            server.port(),
            database);
  }

  static ConnectionFactory factory(Server server, String database) {
    // The machine may be busy.
    return ConnectionFactories.get(url(server, database) + "?connectTimeout=60000");
  }

  static Connection open(Server server, String database) {
    return await(factory(server, database).create());
  }

  static <T> T await(Publisher<T> publisher) {
    return Mono.from(publisher).block(PATIENCE);
  }

  static <T> List<T> all(Publisher<T> publisher) {
    return Flux.from(publisher).collectList().block(PATIENCE);
  }

  static Publisher<? extends Result> execute(Connection connection, String sql) {
    return connection.createStatement(sql).execute();
  }

  /** The first column of all rows. */
  static <T> Flux<T> column(Publisher<? extends Result> results, Class<T> type) {
    return Flux.from(results).concatMap(result -> result.map(row -> row.get(0, type)));
  }

  static List<Integer> integers(Connection connection, String sql) {
    return all(column(execute(connection, sql), Integer.class));
  }

  static Long update(Connection connection, String sql) {
    return await(Flux.from(execute(connection, sql)).concatMap(Result::getRowsUpdated));
  }
}
