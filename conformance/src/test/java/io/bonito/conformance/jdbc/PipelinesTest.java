package io.bonito.conformance.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.jdbc.BonitoConnection;
import io.bonito.jdbc.Pipeline;
import io.bonito.testkit.fault.FaultProxy;
import io.bonito.testkit.server.Server;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLSyntaxErrorException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Independent statements share a round trip, and each has a result of its own. */
@Tag("server")
class PipelinesTest {
  private static Connection withTable(Server server, String... options) throws SQLException {
    Connection connection = Jdbc.connect(server, server.freshSchema(PipelinesTest.class), options);
    Jdbc.run(
        connection,
        "CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20))",
        "INSERT INTO t (name) VALUES ('a'), ('b'), ('c')");
    return connection;
  }

  private static Pipeline pipeline(Connection connection) throws SQLException {
    return connection.unwrap(BonitoConnection.class).pipeline();
  }

  private static String only(Pipeline.Result result) throws SQLException {
    ResultSet rows = result.resultSet();
    assertThat(rows.next()).isTrue();
    String value = rows.getString(1);
    assertThat(rows.next()).isFalse();
    return String.valueOf(value);
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void eachStatementHasItsOwnResult(Server server) throws SQLException {
    for (String option : new String[] {"disablePipeline=false", "disablePipeline=true"}) {
      try (Connection connection = withTable(server, option);
          PreparedStatement byKey = connection.prepareStatement("SELECT name FROM t WHERE id = ?");
          PreparedStatement insert =
              connection.prepareStatement("INSERT INTO t (name) VALUES (?)");
          Pipeline pipeline = pipeline(connection)) {
        List<Pipeline.Result> names = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
          byKey.setInt(1, i % 3 + 1);
          names.add(pipeline.add(byKey));
        }
        insert.setString(1, "d");
        Pipeline.Result inserted = pipeline.add(insert);
        Pipeline.Result count = pipeline.add("SELECT COUNT(*) FROM t");
        pipeline.run();
        for (int i = 0; i < 300; i++) {
          assertThat(only(names.get(i))).isEqualTo(String.valueOf("abc".charAt(i % 3)));
        }
        assertThat(inserted.updateCount()).isEqualTo(1);
        try (ResultSet keys = inserted.generatedKeys()) {
          assertThat(keys.next()).isTrue();
          assertThat(keys.getInt(1)).isEqualTo(4);
        }
        assertThat(only(count)).isEqualTo("4");
        assertThat(Jdbc.value(connection, "SELECT MAX(name) FROM t")).isEqualTo("d");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void anErrorBelongsToItsStatementAndTheOthersGoOn(Server server) throws SQLException {
    try (Connection connection = withTable(server);
        Pipeline pipeline = pipeline(connection)) {
      Pipeline.Result first = pipeline.add("INSERT INTO t VALUES (7, 'x')");
      Pipeline.Result twice = pipeline.add("INSERT INTO t VALUES (7, 'y')");
      Pipeline.Result wrong = pipeline.add("SELEC 1");
      Pipeline.Result last = pipeline.add("SELECT name FROM t WHERE id = 7");
      assertThatThrownBy(pipeline::run)
          .isInstanceOf(SQLIntegrityConstraintViolationException.class)
          .satisfies(
              e ->
                  assertThat((Throwable) ((SQLException) e).getNextException())
                      .isInstanceOf(SQLSyntaxErrorException.class));
      assertThat(first.updateCount()).isEqualTo(1);
      assertThatThrownBy(twice::updateCount)
          .isInstanceOf(SQLIntegrityConstraintViolationException.class);
      assertThatThrownBy(wrong::resultSet).isInstanceOf(SQLSyntaxErrorException.class);
      assertThat(only(last)).isEqualTo("x");
      assertThatThrownBy(last::updateCount).hasMessageContaining("resultSet");
      assertThatThrownBy(first::resultSet).hasMessageContaining("updateCount");
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void whatTheServerCannotPrepareOrTakeIsToldOfThatStatement(Server server) throws SQLException {
    try (Connection connection = withTable(server, "maxAllowedPacket=65536");
        PreparedStatement unknown = connection.prepareStatement("SELECT ? FROM nowhere");
        PreparedStatement length = connection.prepareStatement("SELECT LENGTH(?)");
        Pipeline pipeline = pipeline(connection)) {
      unknown.setInt(1, 1);
      Pipeline.Result missing = pipeline.add(unknown);
      length.setString(1, "x".repeat(70_000));
      Pipeline.Result large = pipeline.add(length);
      length.setString(1, "x".repeat(60_000));
      Pipeline.Result fits = pipeline.add(length);
      assertThatThrownBy(pipeline::run).isInstanceOf(SQLSyntaxErrorException.class);
      assertThatThrownBy(missing::resultSet).isInstanceOf(SQLSyntaxErrorException.class);
      assertThatThrownBy(large::resultSet).hasMessageContaining("65536");
      assertThat(only(fits)).isEqualTo("60000");
      assertThat(Jdbc.value(connection, "SELECT 1")).isEqualTo("1");
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aStreamUnderWayGoesOn(Server server) throws SQLException {
    try (Connection connection = withTable(server);
        PreparedStatement all = connection.prepareStatement("SELECT name FROM t ORDER BY id")) {
      all.setFetchSize(1);
      try (ResultSet rows = all.executeQuery();
          Pipeline pipeline = pipeline(connection)) {
        assertThat(rows.next()).isTrue();
        Pipeline.Result one = pipeline.add("SELECT 1");
        pipeline.run();
        assertThat(only(one)).isEqualTo("1");
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo("b");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void afterTheConnectionIsLostEachStatementSaysSo(Server server) throws Exception {
    try (FaultProxy proxy = FaultProxy.before(server.host(), server.port());
        Connection connection =
            DriverManager.getConnection(
                "jdbc:bonito://127.0.0.1:" + proxy.port() + "/", server.user(), server.password());
        Pipeline pipeline = pipeline(connection)) {
      List<Pipeline.Result> results = new ArrayList<>();
      results.add(pipeline.add("SELECT 1"));
      results.add(pipeline.add("KILL CONNECTION_ID()"));
      results.add(pipeline.add("SELECT 2"));
      results.add(pipeline.add("SELECT 3"));
      assertThatThrownBy(pipeline::run).isInstanceOf(SQLException.class);
      assertThat(connection.isClosed()).isTrue();
      assertThat(only(results.get(0))).isEqualTo("1");
      for (Pipeline.Result result : results.subList(2, 4)) {
        assertThatThrownBy(result::resultSet)
            .isInstanceOf(SQLException.class)
            .satisfies(e -> assertThat(((SQLException) e).getSQLState()).startsWith("08"));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void whatDoesNotBelongIntoAPipelineIsRefused(Server server) throws SQLException {
    try (Connection connection = withTable(server);
        Connection other = Jdbc.connect(server, "");
        PreparedStatement foreign = other.prepareStatement("SELECT 1");
        PreparedStatement unset = connection.prepareStatement("SELECT ?");
        PreparedStatement call = connection.prepareCall("{? = call f()}");
        Pipeline pipeline = pipeline(connection)) {
      assertThatThrownBy(() -> pipeline.add(foreign)).hasMessageContaining("another connection");
      assertThatThrownBy(() -> pipeline.add(unset)).hasMessageContaining("parameter 1");
      assertThatThrownBy(() -> pipeline.add(call)).hasMessageContaining("call");
      Pipeline.Result early = pipeline.add("SELECT 1");
      assertThatThrownBy(early::resultSet).hasMessageContaining("not run");
      pipeline.run();
      assertThat(only(early)).isEqualTo("1");
      assertThatThrownBy(pipeline::run).hasMessageContaining("has run");
      assertThatThrownBy(() -> pipeline.add("SELECT 1")).hasMessageContaining("has run");
    }
  }
}
