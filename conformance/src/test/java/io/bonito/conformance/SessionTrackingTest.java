package io.bonito.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.testkit.server.Family;
import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.ServerKind;
import io.bonito.testkit.server.ServerOptions;
import io.bonito.testkit.server.Servers;
import io.bonito.transport.BlockingConnection;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What servers tell of a session by themselves is known without a question. */
@Tag("server")
@Timeout(120)
class SessionTrackingTest {
  private static final String SERVERS = "io.bonito.testkit.server.Servers#selected";

  private static BlockingConnection connect(Server server) throws Exception {
    return BlockingConnection.connect(
        server.host(), server.port(), server.user(), server.password(), "");
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void theSchemaIsKnownHoweverItWasChosen(Server server) throws Exception {
    String schema = server.freshSchema("tracking");
    try (BlockingConnection db = connect(server)) {
      assertThat(db.state().schema()).isEmpty();
      db.query("USE " + schema);
      assertThat(db.state().schema()).isEqualTo(schema);
      db.useDatabase("mysql");
      assertThat(db.state().schema()).isEqualTo("mysql");
      db.query("CREATE PROCEDURE " + schema + ".p() SELECT 1");
      db.query("CALL " + schema + ".p()").close();
      assertThat(db.state().schema()).isEqualTo("mysql");
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void changedVariablesAreSeenAndForgottenAtAReset(Server server) throws Exception {
    try (BlockingConnection db = connect(server)) {
      assertThat(db.state().variablesChanged()).isFalse();
      db.query("SET time_zone = '+02:00', character_set_results = latin1");
      assertThat(db.state().variablesChanged()).isTrue();
      assertThat(db.state().resultsCharset()).isEqualTo("latin1");
      assertThat(db.state().clientCharset().name()).isEqualTo("utf8mb4");
      db.query("SET character_set_results = NULL");
      assertThat(db.state().resultsCharset()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void theTransactionIsFollowed(Server server) throws Exception {
    String schema = server.freshSchema("tracking");
    try (BlockingConnection db = connect(server)) {
      db.useDatabase(schema);
      db.query("CREATE TABLE t (id INT) ENGINE=InnoDB");
      db.query("SET session_track_transaction_info = 'STATE'");
      assertThat(db.state().inTransaction()).isFalse();
      db.query("START TRANSACTION");
      assertThat(db.state().inTransaction()).isTrue();
      assertThat(db.state().transactionState()).startsWith("T").hasSize(8);
      db.query("INSERT INTO t VALUES (1)");
      assertThat(db.state().transactionState()).contains("W");
      db.query("COMMIT");
      assertThat(db.state().inTransaction()).isFalse();
      assertThat(db.state().transactionState()).isEqualTo("________");
    }
  }

  private static List<ServerKind> kindsOfMySql() {
    return Servers.selectedKinds().stream().filter(kind -> kind.family() == Family.MYSQL).toList();
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("kindsOfMySql")
  void theTransactionsOwnGtidIsTold(ServerKind kind) throws Exception {
    ServerOptions options =
        ServerOptions.of(kind)
            .withoutAccounts()
            .argument("--log-bin=log")
            .argument("--server-id=1")
            .argument("--gtid-mode=ON")
            .argument("--enforce-gtid-consistency=ON");
    try (Server server = Servers.start(options);
        BlockingConnection db = connect(server)) {
      db.query("SET session_track_gtids = OWN_GTID");
      assertThat(db.state().gtids()).isEmpty();
      db.query("CREATE DATABASE gtids");
      String first = db.state().gtids();
      assertThat(first).matches("[0-9a-f-]{36}:\\d+");
      db.query("DROP DATABASE gtids");
      assertThat(db.state().gtids()).matches("[0-9a-f-]{36}:\\d+").isNotEqualTo(first);
    }
  }
}
