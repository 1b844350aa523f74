package io.bonito.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.testkit.server.Family;
import io.bonito.testkit.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each driver sends for the same calls, by its defaults. */
@Tag("server")
@Timeout(300)
class WireCountsTest {
  private static final List<String> SCHEMES =
      List.of("jdbc:bonito://", "jdbc:mysql://", "jdbc:mariadb://");

  /** Plain, so that packets can be seen. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "jdbc:bonito://", "sslMode=DISABLED",
          "jdbc:mysql://", "sslMode=DISABLED&allowPublicKeyRetrieval=true",
          "jdbc:mariadb://", "sslMode=disable&allowPublicKeyRetrieval=true");

  private interface Body {
    void with(Connection connection) throws SQLException;
  }

  /** Commands / round trips of Bonito. */
  private static Map<String, String> bonito(Server server) {
    boolean mariaDb = server.family() == Family.MARIADB;
    return Map.of(
        "connect", "0 / 1",
        "query", "1 / 1",
        "prepared query, first", "2 / 1",
        "prepared query, again", "1 / 1",
        // Autocommit goes off with the update, and on again with what comes next.
        "transaction with one update", "3 / 2",
        // Read-only goes with the read, and off again with what comes next.
        "transaction that reads only", "3 / 2",
        // With what is asked about the table, and autocommit on again.
        "batch of 100 inserts, first", mariaDb ? "5 / 4" : "6 / 5",
        "batch of 100 inserts, again", "1 / 1");
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void bonitoSendsWhatIsAskedForAndNothingElse(Server server) throws Exception {
    Map<String, List<String>> table = new LinkedHashMap<>();
    Map<String, List<Integer>> roundTrips = new LinkedHashMap<>();
    for (String scheme : SCHEMES) {
      String schema = server.freshSchema(WireCountsTest.class);
      try (CountingRelay relay = new CountingRelay(server.host(), server.port())) {
        String url =
            scheme + "127.0.0.1:" + relay.port() + "/" + schema + "?" + OPTIONS.get(scheme);
        // What is asked once in a process is asked here.
        try (Connection first = DriverManager.getConnection(url, server.user(), server.password());
            Statement statement = first.createStatement()) {
          statement.execute("CREATE TABLE t (id INT PRIMARY KEY, n INT) ENGINE=InnoDB");
          statement.execute("INSERT INTO t VALUES (-1, 0)");
          warm(first);
        }
        relay.awaitEnd();
        relay.reset();
        try (Connection connection =
            DriverManager.getConnection(url, server.user(), server.password())) {
          note(table, roundTrips, "connect", relay);
          warm(connection);
          measure(connection)
              .forEach((name, body) -> run(name, body, connection, relay, table, roundTrips));
        }
      }
    }
    write(server, table);
    for (Map.Entry<String, List<String>> row : table.entrySet()) {
      assertThat(row.getValue().get(0))
          .as(row.toString())
          .isEqualTo(bonito(server).get(row.getKey()));
    }
    for (Map.Entry<String, List<Integer>> row : roundTrips.entrySet()) {
      assertThat(row.getValue().get(0))
          .as(row.toString())
          .isLessThanOrEqualTo(row.getValue().get(1));
    }
  }

  private static void run(
      String name,
      Body body,
      Connection connection,
      CountingRelay relay,
      Map<String, List<String>> table,
      Map<String, List<Integer>> roundTrips) {
    relay.reset();
    try {
      body.with(connection);
    } catch (SQLException e) {
      throw new AssertionError(name, e);
    }
    note(table, roundTrips, name, relay);
  }

  private static void note(
      Map<String, List<String>> table,
      Map<String, List<Integer>> roundTrips,
      String name,
      CountingRelay relay) {
    table.computeIfAbsent(name, key -> new ArrayList<>()).add(relay.counts());
    roundTrips.computeIfAbsent(name, key -> new ArrayList<>()).add(relay.roundTrips());
  }

  /** The first statement may fetch what a driver learns with it. */
  private static void warm(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT 1 + ?")) {
      statement.setInt(1, 1);
      read(statement.executeQuery());
    }
  }

  private static void read(ResultSet rows) throws SQLException {
    try (rows) {
      while (rows.next()) {
        rows.getInt(1);
      }
    }
  }

  private static Map<String, Body> measure(Connection connection) throws SQLException {
    PreparedStatement query = connection.prepareStatement("SELECT n FROM t WHERE id = ?");
    PreparedStatement batch = connection.prepareStatement("INSERT INTO t (id, n) VALUES (?, ?)");
    Map<String, Body> bodies = new LinkedHashMap<>();
    bodies.put(
        "query",
        it -> {
          try (Statement statement = it.createStatement()) {
            read(statement.executeQuery("SELECT n FROM t"));
          }
        });
    Body prepared =
        it -> {
          query.setInt(1, -1);
          read(query.executeQuery());
        };
    bodies.put("prepared query, first", prepared);
    bodies.put("prepared query, again", prepared);
    bodies.put(
        "transaction with one update",
        it -> {
          it.setAutoCommit(false);
          try (Statement statement = it.createStatement()) {
            statement.executeUpdate("UPDATE t SET n = n + 1 WHERE id = -1");
          }
          it.commit();
          it.setAutoCommit(true);
        });
    bodies.put(
        "transaction that reads only",
        it -> {
          it.setReadOnly(true);
          it.setAutoCommit(false);
          try (Statement statement = it.createStatement()) {
            read(statement.executeQuery("SELECT n FROM t"));
          }
          it.commit();
          it.setAutoCommit(true);
          it.setReadOnly(false);
        });
    bodies.put("batch of 100 inserts, first", it -> batch(batch, 0));
    bodies.put("batch of 100 inserts, again", it -> batch(batch, 100));
    return bodies;
  }

  private static void batch(PreparedStatement insert, int from) throws SQLException {
    for (int i = 0; i < 100; i++) {
      insert.setInt(1, from + i);
      insert.setInt(2, i);
      insert.addBatch();
    }
    assertThat(insert.executeBatch()).hasSize(100);
  }

  /** For the page of differences. */
  private static void write(Server server, Map<String, List<String>> table) throws IOException {
    StringBuilder page =
        new StringBuilder(
            "| on %s | Bonito | Connector/J | MariaDB Connector/J |\n|---|---|---|---|\n"
                .formatted(server.kind().title()));
    table.forEach(
        (name, counts) -> page.append("| " + name + " | " + String.join(" | ", counts) + " |\n"));
    Files.writeString(Path.of("target", "wire-counts-" + server.kind().id() + ".md"), page);
  }
}
