package io.bonito.conformance.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.testkit.fault.Direction;
import io.bonito.testkit.fault.FaultProxy;
import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.ServerKind;
import io.bonito.testkit.server.ServerOptions;
import io.bonito.testkit.server.Servers;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Metadata of a schema with many tables: as many as {@code bonito.tables} says, which reports what
 * each question takes; else a few hundred.
 */
@Tag("server")
@Timeout(3600)
class ManyTablesTest {
  private static final int TABLES = Integer.getInteger("bonito.tables", 300);

  /** A parent and its children. */
  private static final int FAMILY = 100;

  private interface Question {
    ResultSet ask(DatabaseMetaData metaData) throws SQLException;
  }

  private static void createTables(Server server, String schema) throws SQLException {
    try (Connection connection = Jdbc.connect(server, schema);
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < TABLES; i++) {
        statement.addBatch(
            "CREATE TABLE t"
                + i
                + " (id INT PRIMARY KEY, name VARCHAR(40), parent INT, KEY by_name (name)"
                + (i % FAMILY == 0
                    ? ")"
                    : ", FOREIGN KEY (parent) REFERENCES t" + (i - i % FAMILY) + " (id))"));
        if (i % 500 == 0) {
          statement.executeBatch();
        }
      }
      statement.executeBatch();
    }
  }

  private static Map<String, Question> questions(String schema) {
    String table = "t" + (TABLES - 1);
    Map<String, Question> questions = new LinkedHashMap<>();
    questions.put("getTables", it -> it.getTables(schema, null, "%", null));
    questions.put("getTables of one", it -> it.getTables(schema, null, table, null));
    questions.put("getColumns", it -> it.getColumns(schema, null, "%", "%"));
    questions.put("getColumns of one", it -> it.getColumns(schema, null, table, null));
    questions.put("getPrimaryKeys", it -> it.getPrimaryKeys(schema, null, table));
    questions.put("getIndexInfo", it -> it.getIndexInfo(schema, null, table, false, true));
    questions.put("getImportedKeys", it -> it.getImportedKeys(schema, null, table));
    questions.put("getExportedKeys", it -> it.getExportedKeys(schema, null, "t0"));
    questions.put("getExportedKeys of none", it -> it.getExportedKeys(schema, null, table));
    questions.put(
        "getCrossReference", it -> it.getCrossReference(schema, null, null, schema, null, null));
    questions.put(
        "getCrossReference of two",
        it -> it.getCrossReference(schema, null, "t0", schema, null, "t1"));
    return questions;
  }

  private static int expected(String name) {
    return switch (name) {
      case "getTables" -> TABLES;
      case "getColumns" -> 3 * TABLES;
      case "getColumns of one" -> 3;
      case "getIndexInfo" -> 3;
      case "getExportedKeys" -> FAMILY - 1;
      case "getExportedKeys of none" -> 0;
      case "getCrossReference" -> TABLES - TABLES / FAMILY;
      default -> 1;
    };
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selectedKinds")
  void eachQuestionIsOneQueryHoweverManyTablesThereAre(ServerKind kind) throws Exception {
    // Thousands of tables are made while the disk is not waited for.
    ServerOptions careless =
        ServerOptions.of(kind)
            .withoutAccounts()
            .argument("--skip-log-bin")
            .argument("--innodb-flush-method=nosync")
            .argument("--innodb-flush-log-at-trx-commit=0");
    try (Server server = Servers.start(careless)) {
      ask(server);
    }
  }

  private static void ask(Server server) throws Exception {
    String schema = server.freshSchema(ManyTablesTest.class);
    createTables(server, schema);
    StringBuilder report = new StringBuilder();
    try (FaultProxy proxy = FaultProxy.before(server.host(), server.port())) {
      String url =
          "jdbc:bonito://%s:%d/%s?sslMode=DISABLED&allowPublicKeyRetrieval=true"
              .formatted(proxy.host(), proxy.port(), schema);
      try (Connection connection =
          DriverManager.getConnection(url, server.user(), server.password())) {
        Jdbc.value(connection, "SELECT 1");
        DatabaseMetaData metaData = connection.getMetaData();
        for (Map.Entry<String, Question> each : questions(schema).entrySet()) {
          long before = proxy.connections().get(0).packets(Direction.TO_SERVER);
          long start = System.nanoTime();
          int rows = 0;
          try (ResultSet result = each.getValue().ask(metaData)) {
            while (result.next()) {
              rows++;
            }
          }
          report.append(
              "%s: %s, %d rows, %d ms%n"
                  .formatted(
                      server.kind(), each.getKey(), rows, (System.nanoTime() - start) / 1_000_000));
          assertThat(rows).as(each.getKey()).isEqualTo(expected(each.getKey()));
          assertThat(proxy.connections().get(0).packets(Direction.TO_SERVER))
              .as(each.getKey())
              .isEqualTo(before + 1);
        }
      }
    }
    if (Integer.getInteger("bonito.tables") != null) {
      System.getLogger("io.bonito.conformance").log(System.Logger.Level.INFO, report.toString());
    }
  }
}
