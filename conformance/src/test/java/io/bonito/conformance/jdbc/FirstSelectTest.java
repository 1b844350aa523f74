package io.bonito.conformance.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.testkit.server.Server;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** From DriverManager to a row. */
@Tag("server")
class FirstSelectTest {
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void driverManagerFindsTheDriverAndTheServerAnswers(Server server) throws SQLException {
    String url = "jdbc:bonito://" + server.host() + ":" + server.port() + "/";
    try (Connection connection =
            DriverManager.getConnection(url, server.user(), server.password());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT 42 AS answer, 'bonito' AS name")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt("answer")).isEqualTo(42);
      assertThat(rows.getString(2)).isEqualTo("bonito");
      assertThat(rows.next()).isFalse();
    }
  }
}
