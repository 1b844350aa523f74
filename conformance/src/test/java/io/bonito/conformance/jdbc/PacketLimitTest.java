package io.bonito.conformance.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bonito.testkit.server.Server;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the server would close the connection for is refused before it is sent. */
@Tag("server")
class PacketLimitTest {
  private static final String LARGE = "x".repeat(50_000);

  private static Connection limited(Server server, String schema) throws SQLException {
    return Jdbc.connect(server, schema, "maxAllowedPacket=20000");
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aLargeStatementIsRefusedAndTheConnectionKept(Server server) throws SQLException {
    try (Connection connection = limited(server, "");
        PreparedStatement prepared = connection.prepareStatement("SELECT LENGTH(?)")) {
      String id = Jdbc.value(connection, "SELECT CONNECTION_ID()");
      for (int round = 0; round < 2; round++) {
        assertThatThrownBy(() -> Jdbc.value(connection, "SELECT '" + LARGE + "'"))
            .hasMessageContaining("max_allowed_packet")
            .hasMessageContaining("20000");
        prepared.setString(1, LARGE);
        assertThatThrownBy(prepared::executeQuery).hasMessageContaining("max_allowed_packet");
        prepared.setString(1, "small");
        assertThat(prepared.execute()).isTrue();
      }
      assertThat(Jdbc.value(connection, "SELECT CONNECTION_ID()")).isEqualTo(id);
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aLargeRowOfABatchFailsAtItsPlace(Server server) throws SQLException {
    try (Connection connection = limited(server, server.freshSchema(PacketLimitTest.class))) {
      Jdbc.run(connection, "CREATE TABLE t (id INT PRIMARY KEY, text MEDIUMTEXT)");
      try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
        for (int i = 0; i < 5; i++) {
          insert.setInt(1, i);
          insert.setString(2, i % 3 == 0 ? LARGE : "small");
          insert.addBatch();
        }
        BatchUpdateException e =
            catchThrowableOfType(BatchUpdateException.class, insert::executeBatch);
        int failed = Statement.EXECUTE_FAILED;
        assertThat(e.getUpdateCounts()).containsExactly(failed, 1, 1, failed, 1);
        assertThat((Throwable) e).hasMessageContaining("max_allowed_packet");
      }
      assertThat(Jdbc.column(connection, "SELECT id FROM t ORDER BY id"))
          .containsExactly("1", "2", "4");
    }
  }
}
