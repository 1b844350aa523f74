package io.bonito.conformance.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.testkit.server.Server;
import java.math.BigDecimal;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.JDBCType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Procedures and functions give out what they are asked for, by number and by name. */
@Tag("server")
class CallsTest {
  private static Connection withRoutines(Server server, String... options) throws SQLException {
    Connection connection = Jdbc.connect(server, server.freshSchema(CallsTest.class), options);
    Jdbc.run(
        connection,
        "CREATE TABLE t (id INT PRIMARY KEY)",
        "INSERT INTO t VALUES (1), (2), (3)",
        "CREATE PROCEDURE sums(IN a INT, INOUT b BIGINT, OUT c DECIMAL(10,3), OUT d VARCHAR(50))"
            + " BEGIN SET b = b + a; SET c = a / 8; SET d = CONCAT('a is ', a); END",
        "CREATE PROCEDURE rows_and_out(OUT total INT)"
            + " BEGIN SELECT id FROM t ORDER BY id; SELECT 'second' AS s;"
            + " SELECT COUNT(*) INTO total FROM t; END",
        "CREATE PROCEDURE nothing() BEGIN END",
        "CREATE PROCEDURE add_row(IN x INT) INSERT INTO t VALUES (x)",
        "CREATE PROCEDURE fails(OUT x INT) BEGIN SELECT 1; SIGNAL SQLSTATE '45000' SET"
            + " MESSAGE_TEXT = 'no more'; END",
        "CREATE FUNCTION twice(n INT, suffix VARCHAR(10)) RETURNS VARCHAR(30) DETERMINISTIC"
            + " RETURN CONCAT(n * 2, suffix)",
        "CREATE FUNCTION pi_ish() RETURNS DOUBLE DETERMINISTIC RETURN 3.25");
    return connection;
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void parametersComeOutByNumber(Server server) throws SQLException {
    try (Connection connection = withRoutines(server);
        CallableStatement call = connection.prepareCall("{call sums(?, ?, ?, ?)}")) {
      for (int round = 1; round <= 3; round++) {
        call.setInt(1, round);
        call.setLong(2, 40);
        call.registerOutParameter(2, Types.BIGINT);
        call.registerOutParameter(3, Types.DECIMAL, 2);
        call.registerOutParameter(4, JDBCType.VARCHAR);
        assertThat(call.execute()).isFalse();
        assertThat(call.getLong(2)).isEqualTo(40 + round);
        assertThat(call.getObject(2)).isEqualTo(40L + round);
        assertThat(call.getBigDecimal(3)).isEqualByComparingTo(new BigDecimal(round / 8.0));
        assertThat(((BigDecimal) call.getObject(3)).scale()).isEqualTo(2);
        assertThat(call.getString(4)).isEqualTo("a is " + round);
        assertThat(call.wasNull()).isFalse();
        assertThat(call.getObject(4, String.class)).isEqualTo("a is " + round);
      }
      assertThatThrownBy(() -> call.getInt(1)).hasMessageContaining("not registered");
      call.setNull(1, Types.INTEGER);
      call.executeUpdate();
      assertThat(call.getLong(2)).isZero();
      assertThat(call.wasNull()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void parametersComeOutByName(Server server) throws SQLException {
    try (Connection connection = withRoutines(server);
        CallableStatement call = connection.prepareCall("call sums(?, ?, ?, ?)")) {
      call.setInt("A", 8);
      call.setObject("b", 2);
      call.registerOutParameter("d", Types.VARCHAR);
      call.registerOutParameter("c", Types.DECIMAL);
      call.registerOutParameter("b", Types.INTEGER);
      call.execute();
      assertThat(call.getString("d")).isEqualTo("a is 8");
      assertThat(call.getBigDecimal("c")).isEqualByComparingTo("1");
      assertThat(call.getObject("b")).isEqualTo(10);
      assertThatThrownBy(() -> call.setInt("e", 1)).hasMessageContaining("'e'");
    }
  }

  /** An INOUT parameter need not be registered where only the others are asked for. */
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void whatWasNotRegisteredDoesNotShiftTheOthers(Server server) throws SQLException {
    try (Connection connection = withRoutines(server);
        CallableStatement call = connection.prepareCall("{CALL sums(1, ?, ?, ?)}")) {
      call.setInt(1, 1);
      call.registerOutParameter(2, Types.DECIMAL);
      call.registerOutParameter(3, Types.VARCHAR);
      call.execute();
      assertThat(call.getString(3)).isEqualTo("a is 1");
      assertThat(call.getBigDecimal(2)).isEqualByComparingTo("0.125");
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void resultsComeBeforeWhatComesOut(Server server) throws SQLException {
    try (Connection connection = withRoutines(server);
        CallableStatement call = connection.prepareCall("{call rows_and_out(?)}")) {
      call.registerOutParameter(1, Types.INTEGER);
      call.setFetchSize(1);
      assertThat(call.execute()).isTrue();
      assertThat(call.getInt(1)).isEqualTo(3);
      try (ResultSet rows = call.getResultSet()) {
        for (int i = 1; i <= 3; i++) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getInt(1)).isEqualTo(i);
        }
      }
      assertThat(call.getMoreResults()).isTrue();
      try (ResultSet rows = call.getResultSet()) {
        rows.next();
        assertThat(rows.getString("s")).isEqualTo("second");
      }
      assertThat(call.getMoreResults()).isFalse();
      assertThat(call.getUpdateCount()).isNotNegative();
      assertThat(call.getMoreResults()).isFalse();
      assertThat(call.getUpdateCount()).isEqualTo(-1);
      assertThat(call.getInt(1)).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void functionsReturn(Server server) throws SQLException {
    try (Connection connection = withRoutines(server)) {
      for (String sql : new String[] {"{? = call twice(?, ?)}", "?=CALL twice(?,?)"}) {
        try (CallableStatement call = connection.prepareCall(sql)) {
          call.registerOutParameter(1, Types.VARCHAR);
          call.setInt(2, 21);
          call.setString("suffix", "!");
          assertThat(call.execute()).isFalse();
          assertThat(call.getString(1)).isEqualTo("42!");
          assertThatThrownBy(() -> call.setInt(1, 1)).isInstanceOf(SQLException.class);
        }
      }
      try (CallableStatement call = connection.prepareCall("{?= call pi_ish}")) {
        call.registerOutParameter(1, Types.DOUBLE);
        call.execute();
        assertThat(call.getDouble(1)).isEqualTo(3.25);
        assertThat(call.getObject(1)).isEqualTo(3.25);
      }
      try (CallableStatement call = connection.prepareCall("{? = call NOW()}")) {
        call.registerOutParameter(1, Types.TIMESTAMP);
        call.execute();
        assertThat(call.getObject(1, LocalDateTime.class)).isAfter("2020-01-01T00:00");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void callsWithoutParametersAndCountsWork(Server server) throws SQLException {
    try (Connection connection = withRoutines(server)) {
      try (CallableStatement call = connection.prepareCall("{call nothing}")) {
        assertThat(call.execute()).isFalse();
        assertThat(call.getUpdateCount()).isZero();
      }
      try (CallableStatement call = connection.prepareCall("{call add_row(?)}")) {
        call.setInt(1, 50);
        assertThat(call.executeUpdate()).isEqualTo(1);
        for (int i = 60; i < 63; i++) {
          call.setInt("x", i);
          call.addBatch();
        }
        assertThat(call.executeBatch()).containsExactly(1, 1, 1);
      }
      try (CallableStatement call = connection.prepareCall("{call sums(1, ?, ?, ?)}")) {
        call.setInt(1, 1);
        assertThatThrownBy(call::execute).hasMessageContaining("parameter 2 has no value");
        assertThatThrownBy(() -> call.getInt(2)).hasMessageContaining("execute");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aFailureBehindAResultIsTold(Server server) throws SQLException {
    try (Connection connection = withRoutines(server);
        CallableStatement call = connection.prepareCall("{call fails(?)}")) {
      call.registerOutParameter(1, Types.INTEGER);
      // At once, as the first result may be all that the application asks for.
      assertThatThrownBy(call::execute).hasMessageContaining("no more");
      assertThat(call.getResultSet()).isNull();
      assertThat(Jdbc.value(connection, "SELECT 1")).isEqualTo("1");
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aRoutineOfAnotherSchemaIsFound(Server server) throws SQLException {
    try (Connection connection = withRoutines(server);
        Connection elsewhere = Jdbc.connect(server, "")) {
      String schema = connection.getCatalog();
      try (CallableStatement call =
          elsewhere.prepareCall("{call `" + schema + "`.`sums`(?, ?, ?, ?)}")) {
        call.setInt("a", 1);
        call.setInt("b", 1);
        call.registerOutParameter("b", Types.INTEGER);
        call.registerOutParameter("c", Types.DECIMAL);
        call.registerOutParameter("d", Types.VARCHAR);
        call.execute();
        assertThat(call.getInt("b")).isEqualTo(2);
      }
    }
  }

  /** Once it is prepared, a call is one command, also where names are used. */
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aPreparedCallIsOneCommand(Server server) throws SQLException {
    try (Connection connection = withRoutines(server);
        Connection watcher = Jdbc.connect(server, "")) {
      long[] before = new long[1];
      try (CallableStatement call = connection.prepareCall("{call sums(?, ?, ?, ?)}")) {
        for (int round = 0; round < 4; round++) {
          if (round == 1) {
            before[0] = commands(connection);
          }
          call.setInt("a", 1);
          call.setInt("b", 1);
          call.registerOutParameter("b", Types.INTEGER);
          call.registerOutParameter("c", Types.DECIMAL);
          call.registerOutParameter("d", Types.VARCHAR);
          call.execute();
          assertThat(call.getInt("b")).isEqualTo(2);
        }
      }
      // Three calls and the question; the routine's own statements are not counted as such.
      assertThat(commands(connection) - before[0]).isEqualTo(4);
      assertThat(watcher.isValid(1)).isTrue();
    }
  }

  private static long commands(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW SESSION STATUS LIKE 'Com_%'")) {
      long executes = 1;
      while (rows.next()) {
        if (rows.getString(1).equals("Com_stmt_execute")
            || rows.getString(1).equals("Com_stmt_prepare")
            || rows.getString(1).equals("Com_show_status")) {
          executes += rows.getLong(2);
        }
      }
      return executes;
    }
  }

  /** Where the account may execute and not look, numbers work and names say what is missing. */
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void namesNeedTheRightToSeeThem(Server server) throws SQLException {
    try (Connection admin = withRoutines(server)) {
      String schema = admin.getCatalog();
      String user = "caller_" + Math.abs(schema.hashCode());
      Jdbc.run(
          admin,
          "CREATE USER '" + user + "'@'%' IDENTIFIED BY 'pw'",
          "CREATE PROCEDURE wrapped(OUT x INT) SQL SECURITY DEFINER SET x = 7",
          "GRANT EXECUTE ON `" + schema + "`.* TO '" + user + "'@'%'");
      try (Connection connection =
              DriverManager.getConnection(Jdbc.url(server, schema), user, "pw");
          CallableStatement call = connection.prepareCall("{call wrapped(?)}")) {
        call.registerOutParameter(1, Types.INTEGER);
        call.execute();
        assertThat(call.getInt(1)).isEqualTo(7);
        assertThatThrownBy(() -> connection.prepareCall("{call absent(?)}").setInt("x", 1))
            .hasMessageContaining("numbers");
      } finally {
        Jdbc.run(admin, "DROP USER '" + user + "'@'%'");
      }
    }
  }
}
