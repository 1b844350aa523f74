package io.bonito.conformance.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.jdbc.BonitoDataSource;
import io.bonito.jdbc.Leasable;
import io.bonito.testkit.server.AdminConnection;
import io.bonito.testkit.server.Server;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What pools ask of a connection. */
@Tag("server")
@Timeout(120)
class LeasableTest {
  private static final int OFTEN = 300;

  /** With a plain close the server refuses one of the first hundred. */
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void anAccountsOnlyConnectionIsFreeAgainAfterAnAwaitedClose(Server server) throws SQLException {
    String user = server.freshSchema(LeasableTest.class);
    try (AdminConnection admin = server.admin()) {
      admin.execute(
          "CREATE USER '" + user + "'@'%' IDENTIFIED BY 'one' WITH MAX_USER_CONNECTIONS 1");
    }
    for (String tls : new String[] {"DISABLED", "REQUIRED"}) {
      BonitoDataSource source =
          new BonitoDataSource(
              "jdbc:bonito:mysql://%s:%d/?user=%s&password=one&allowPublicKeyRetrieval=true&sslMode=%s"
                  .formatted(server.host(), server.port(), user, tls));
      for (int i = 0; i < OFTEN; i++) {
        Connection connection = source.getConnection();
        connection.unwrap(Leasable.class).closeAndAwaitServer(Duration.ofMinutes(1));
        assertThat(connection.isClosed()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aTransactionIsKnownToBeOpenAfterItsFirstStatement(Server server) throws SQLException {
    BonitoDataSource source =
        new BonitoDataSource(
            "jdbc:bonito:mysql://%s:%d/?user=root".formatted(server.host(), server.port()));
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      Leasable leasable = connection.unwrap(Leasable.class);
      statement.execute("BEGIN");
      assertThat(leasable.mayBeInTransaction()).isTrue();
      statement.execute("ROLLBACK");
      assertThat(leasable.mayBeInTransaction()).isFalse();
      connection.setAutoCommit(false);
      assertThat(leasable.mayBeInTransaction()).isFalse();
    }
  }
}
