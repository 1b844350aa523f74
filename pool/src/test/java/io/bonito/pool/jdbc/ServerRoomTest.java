package io.bonito.pool.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.pool.PooledDataSource;
import io.bonito.pool.lending.Budget;
import io.bonito.pool.lending.Settings;
import io.bonito.testkit.server.Server;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Without a budget a pool says once what the process may open, beside what the server takes. */
class ServerRoomTest {
  private static final String SAYS = "connections together; the server takes";

  @Test
  void whoWantsMoreThanTheServerTakesIsToldOfTheBudget() {
    assertThat(ServerRoom.text("p", 15, 151))
        .isEqualTo(
            "p: the pools of this process may open 15 connections together; the server takes 151"
                + " from all (max_connections)");
    assertThat(ServerRoom.text("p", 200, 151)).endsWith("keeps the process below that");
    assertThat(ServerRoom.text("p", Settings.UNLIMITED, 151)).contains("any number of");
  }

  @Tag("server")
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void itIsSaidOnceForEachPoolAndNotWhereABudgetIsSet(Server server) throws SQLException {
    List<String> logged = Collections.synchronizedList(new ArrayList<>());
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            logged.add(entry.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("io.bonito.pool");
    logger.addHandler(handler);
    long taken;
    try (PooledDataSource first = pool(server, "room-one", new Budget(Settings.UNLIMITED));
        PooledDataSource second = pool(server, "room-two", new Budget(40))) {
      taken = maxConnections(first);
      maxConnections(first);
      maxConnections(second);
    } finally {
      logger.removeHandler(handler);
    }
    assertThat(logged.stream().filter(text -> text.contains(SAYS)).toList())
        .containsExactly(ServerRoom.text("room-one", 15, taken));
  }

  private static PooledDataSource pool(Server server, String name, Budget budget) {
    String url = "jdbc:bonito://%s:%d/".formatted(server.host(), server.port());
    return PooledDataSource.over(
        () -> DriverManager.getConnection(url, server.user(), server.password()),
        Map.of("logging_name", name),
        null,
        budget);
  }

  /** On two connections at once, the second of which has nothing to say. */
  private static long maxConnections(PooledDataSource pool) throws SQLException {
    try (Connection one = pool.getConnection();
        Connection other = pool.getConnection();
        Statement statement = one.createStatement();
        ResultSet rows = statement.executeQuery("SELECT @@GLOBAL.max_connections")) {
      assertThat(other.isClosed()).isFalse();
      assertThat(rows.next()).isTrue();
      return rows.getLong(1);
    }
  }
}
