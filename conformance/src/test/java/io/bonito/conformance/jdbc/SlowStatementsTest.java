package io.bonito.conformance.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.jdbc.BonitoConnection;
import io.bonito.jdbc.Pipeline;
import io.bonito.testkit.server.Server;
import java.sql.BatchUpdateException;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is logged of statements that take long, and that no value is. */
@Tag("server")
@Timeout(180)
class SlowStatementsTest {
  /** Each statement counts as slow. */
  private static final String[] ALL = {"logSlowQueries=true", "slowQueryThresholdMillis=0"};

  private static final Logger LOGGER = Logger.getLogger("io.bonito.jdbc.slow");

  private final List<LogRecord> records = new CopyOnWriteArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord logged) {
          records.add(logged);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    LOGGER.addHandler(handler);
    LOGGER.setUseParentHandlers(false);
  }

  @AfterEach
  void listenNoMore() {
    LOGGER.removeHandler(handler);
    LOGGER.setUseParentHandlers(true);
  }

  /** What was logged since, each without its time. */
  private List<String> told() {
    List<String> told =
        records.stream().map(it -> it.getMessage().replaceFirst("^\\d+ ms, ", "")).toList();
    records.clear();
    return told;
  }

  private static String where(Connection connection, Server server, String schema)
      throws SQLException {
    try (Connection other = Jdbc.connect(server, "")) {
      String marker = "SELECT ID FROM information_schema.PROCESSLIST WHERE DB = '" + schema + "'";
      String id = Jdbc.value(other, marker);
      assertThat(connection.isClosed()).isFalse();
      return ", connection " + id + " to " + server.host() + ":" + server.port() + "/" + schema;
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void eachKindOfStatementIsToldOnceAndWithoutValues(Server server) throws SQLException {
    String schema = server.freshSchema(SlowStatementsTest.class);
    try (Connection connection = Jdbc.connect(server, schema, ALL);
        Statement statement = connection.createStatement()) {
      String where = where(connection, server, schema);
      statement.execute("CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(20))");
      assertThat(records)
          .singleElement()
          .satisfies(it -> assertThat(it.getLevel()).isEqualTo(Level.WARNING));
      assertThat(told())
          .containsExactly(
              "0 rows" + where + ": CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(?))");
      statement.execute("INSERT INTO t VALUES (1, 'secret'), (2, \"secret\")");
      assertThat(told())
          .containsExactly("2 rows" + where + ": INSERT INTO t VALUES (?, ?), (?, ?)");
      String byName = "SELECT id FROM t WHERE name = ? -- who";
      for (String preparation : new String[] {"first", "again"}) {
        try (PreparedStatement prepared = connection.prepareStatement(byName)) {
          prepared.setString(1, "secret");
          prepared.executeQuery().close();
          assertThat(told()).as(preparation).containsExactly("2 rows" + where + ": " + byName);
        }
      }
      try (PreparedStatement batch = connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
        for (int i = 10; i < 20; i++) {
          batch.setInt(1, i);
          batch.setString(2, "secret");
          batch.addBatch();
        }
        batch.executeBatch();
        assertThat(told())
            .containsExactly("10 rows" + where + ", a batch of 10: INSERT INTO t VALUES (?, ?)");
      }
      statement.addBatch("UPDATE t SET name = 'secret2' WHERE id = 10");
      statement.addBatch("UPDATE t SET name = 'secret2' WHERE id = 11");
      statement.executeBatch();
      assertThat(told())
          .containsExactly("2 rows" + where + ", a batch of 2: UPDATE t SET name = ? WHERE id = ?");
      statement.setFetchSize(1);
      try (ResultSet stream = statement.executeQuery("SELECT * FROM t")) {
        assertThat(told())
            .containsExactly("its rows are still to come" + where + ": SELECT * FROM t");
        assertThat(stream.next()).isTrue();
      }
      try (Pipeline pipeline = connection.unwrap(BonitoConnection.class).pipeline()) {
        pipeline.add("DELETE FROM t WHERE id = 10");
        pipeline.add("SELECT name FROM t WHERE id = 11");
        pipeline.run();
      }
      assertThat(told())
          .containsExactly(
              "1 row" + where + ": DELETE FROM t WHERE id = ?",
              "1 row" + where + ": SELECT name FROM t WHERE id = ?");
      connection.setAutoCommit(false);
      statement.execute("DELETE FROM t WHERE id = 12");
      told();
      connection.commit();
      assertThat(told()).containsExactly("0 rows" + where + ": COMMIT");
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void callsAreTold(Server server) throws SQLException {
    String schema = server.freshSchema(SlowStatementsTest.class);
    try (Connection connection = Jdbc.connect(server, schema, ALL)) {
      Jdbc.run(connection, "CREATE PROCEDURE p (IN a INT, OUT b INT) SET b = a + 1");
      String where = where(connection, server, schema);
      told();
      try (CallableStatement call = connection.prepareCall("{call p(?, ?)}")) {
        call.setInt(1, 41);
        call.registerOutParameter(2, java.sql.Types.INTEGER);
        call.execute();
        assertThat(call.getInt(2)).isEqualTo(42);
      }
      assertThat(told()).singleElement().asString().endsWith(where + ": CALL p(?, ?)");
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void whatFailsIsToldWithoutTheServersMessage(Server server) throws SQLException {
    String schema = server.freshSchema(SlowStatementsTest.class);
    try (Connection connection = Jdbc.connect(server, schema, ALL);
        Statement statement = connection.createStatement()) {
      String where = where(connection, server, schema);
      statement.execute("CREATE TABLE t (name VARCHAR(20) PRIMARY KEY)");
      statement.execute("INSERT INTO t VALUES ('secret')");
      told();
      String insert = "INSERT INTO t VALUES (?)";
      String failure = "failed with 1062 (23000)" + where;
      assertThatThrownBy(() -> statement.execute("INSERT INTO t VALUES ('secret')"))
          .hasMessageContaining("secret");
      assertThat(told()).containsExactly(failure + ": " + insert);
      try (PreparedStatement prepared = connection.prepareStatement(insert)) {
        prepared.setString(1, "secret");
        assertThatThrownBy(prepared::execute).isInstanceOf(SQLException.class);
        assertThat(told()).containsExactly(failure + ": " + insert);
        prepared.setString(1, "secret");
        prepared.addBatch();
        prepared.setString(1, "other");
        prepared.addBatch();
        assertThatThrownBy(prepared::executeBatch).isInstanceOf(BatchUpdateException.class);
        assertThat(told()).containsExactly(failure + ", a batch of 2: " + insert);
      }
      statement.setQueryTimeout(1);
      assertThatThrownBy(() -> statement.execute("SELECT SLEEP(170)"))
          .isInstanceOf(SQLTimeoutException.class);
      assertThat(told())
          .singleElement()
          .asString()
          .contains("(70100)" + where + ": SELECT SLEEP(?)");
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void onlyWhatTakesLongIsTold(Server server) throws SQLException {
    try (Connection connection =
        Jdbc.connect(server, "", "logSlowQueries=true", "slowQueryThresholdMillis=600")) {
      Jdbc.run(connection, "SELECT SLEEP(0.7)", "DO SLEEP(0.7)");
      assertThat(told()).filteredOn(it -> it.contains("SLEEP")).hasSize(2);
    }
    try (Connection connection =
        Jdbc.connect(server, "", "logSlowQueries=true", "slowQueryThresholdMillis=600000")) {
      Jdbc.run(connection, "SELECT 1");
    }
    try (Connection connection = Jdbc.connect(server, "", "slowQueryThresholdMillis=0")) {
      Jdbc.run(connection, "SELECT 1");
    }
    assertThat(told()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aLongStatementIsCut(Server server) throws SQLException {
    String[] options = {ALL[0], ALL[1], "maxQuerySizeToLog=20"};
    try (Connection connection = Jdbc.connect(server, "", options)) {
      Jdbc.run(connection, "SELECT 'x', VERSION(), VERSION()");
      assertThat(told()).singleElement().asString().endsWith("/: SELECT ?, VERSION()…");
    }
  }
}
