package io.bonito.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.testkit.server.AdminConnection;
import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.ServerKind;
import io.bonito.testkit.server.ServerOptions;
import io.bonito.testkit.server.Servers;
import io.bonito.transport.BlockingConnection;
import io.bonito.transport.QueryFailedException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The statements that the server keeps ready for a connection without JDBC. */
@Tag("server")
@Timeout(120)
class BlockingStatementsTest {
  private static final int ROOM = 8;

  private static BlockingConnection connect(Server server, String database) throws Exception {
    return BlockingConnection.connect(server.host(), server.port(), "root", "", database);
  }

  private static Server small(ServerKind kind) {
    return Servers.start(
        ServerOptions.of(kind).withoutAccounts().argument("--max_prepared_stmt_count=" + ROOM));
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void inAnotherDatabaseTheSameTextIsAnotherStatement(Server server) throws Exception {
    String first = server.freshSchema(BlockingStatementsTest.class);
    String second = first + "_2";
    try (AdminConnection admin = server.admin()) {
      admin.execute("CREATE OR REPLACE VIEW " + first + ".place AS SELECT 1 AS number");
      admin.execute("DROP DATABASE IF EXISTS " + second);
      admin.execute("CREATE DATABASE " + second);
      admin.execute("CREATE VIEW " + second + ".place AS SELECT 2 AS number");
    }
    try (BlockingConnection db = connect(server, first)) {
      assertThat(place(db)).containsExactly(1);
      db.useDatabase(second);
      assertThat(place(db)).containsExactly(2);
      db.useDatabase(first);
      assertThat(place(db)).containsExactly(1);
    }
    try (AdminConnection admin = server.admin()) {
      admin.execute("DROP DATABASE " + second);
    }
  }

  private static List<Integer> place(BlockingConnection db) throws Exception {
    return db.query("SELECT number FROM place WHERE number > ?", 0).list(row -> row.getInt(0));
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selectedKinds")
  void whereTheServerIsFullItsOwnStatementsMakeRoom(ServerKind kind) throws Exception {
    try (Server server = small(kind);
        BlockingConnection db = connect(server, "");
        AdminConnection other = server.admin()) {
      for (int i = 0; i < 2 * ROOM; i++) {
        assertThat(db.query("SELECT ? + " + i, 1).list(row -> row.getInt(0)))
            .containsExactly(1 + i);
      }
      db.query("SELECT 1").close(); // what was given up goes with it
      for (int i = 0; i < ROOM / 2; i++) {
        other.execute("PREPARE s" + i + " FROM 'SELECT 1'");
      }
      for (int i = 0; i < 2 * ROOM; i++) {
        assertThat(db.query("SELECT ? - " + i, i).list(row -> row.getInt(0))).containsExactly(0);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selectedKinds")
  void whereOthersHaveTakenAllTheRoomTheServersWordIsPassedOn(ServerKind kind) throws Exception {
    try (Server server = small(kind);
        BlockingConnection db = connect(server, "");
        AdminConnection other = server.admin()) {
      for (int i = 0; i < ROOM; i++) {
        other.execute("PREPARE s" + i + " FROM 'SELECT 1'");
      }
      assertThatThrownBy(() -> db.query("SELECT ?", 1))
          .isInstanceOfSatisfying(
              QueryFailedException.class, e -> assertThat(e.code()).isEqualTo(1461));
      assertThat(db.query("SELECT 1").list(row -> row.getInt(0))).containsExactly(1);
    }
  }
}
