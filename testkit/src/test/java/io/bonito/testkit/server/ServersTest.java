package io.bonito.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("server")
class ServersTest {
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aSharedServerAnswersItsAdministrator(Server server) {
    try (AdminConnection admin = server.admin()) {
      assertThat(admin.value("SELECT 1")).isEqualTo("1");
      // Debian unstable moves on; what it has is newer than the name here, or the same.
      String version =
          server.kind() == ServerKind.MYSQL_9_7 ? "." : server.kind().id().replaceAll(".*-", "");
      assertThat(admin.value("SELECT VERSION()")).contains(version);
      assertThat(admin.value("SELECT NULL")).isNull();
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aFreshSchemaIsEmptyAndNobodyElses(Server server) {
    String one = server.freshSchema(ServersTest.class);
    String other = server.freshSchema(ServersTest.class);

    assertThat(one).isNotEqualTo(other);
    try (AdminConnection admin = server.admin()) {
      admin.execute(
          "CREATE TABLE " + one + ".t (id INT); INSERT INTO " + one + ".t VALUES (1), (2)");
      assertThat(admin.query("SELECT id FROM " + one + ".t ORDER BY id"))
          .isEqualTo(List.of(List.of("1"), List.of("2")));
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void everyAccountUsesTheMethodItNames(Server server) {
    try (AdminConnection admin = server.admin()) {
      for (Account account : server.accounts()) {
        String plugin =
            admin.value(
                "SELECT plugin FROM mysql.user WHERE user='" + account.user() + "' AND host='%'");
        assertThat(plugin).as(account.user()).isIn(account.plugin(), "");
      }
    }
    assertThat(server.accounts()).extracting(Account::user).contains("empty", "no_rights");
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selectedKinds")
  void aServerOfOnesOwnTakesArgumentsAndIsGoneAfterwards(ServerKind kind) {
    Server server =
        Servers.start(ServerOptions.of(kind).sqlMode("ANSI_QUOTES").argument("--wait_timeout=7"));
    try (server;
        AdminConnection admin = server.admin()) {
      assertThat(admin.value("SELECT @@sql_mode")).isEqualTo("ANSI_QUOTES");
      assertThat(admin.value("SELECT @@global.wait_timeout")).isEqualTo("7");
      assertThat(server.socketPath()).exists();
      assertThat(server.socketPath().toString()).hasSizeLessThan(100);
    }
    assertThat(server.isAlive()).isFalse();
    assertThat(Files.exists(server.socketPath().getParent())).isFalse();
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selectedKinds")
  void tlsIsOfferedAsAsked(ServerKind kind) {
    for (Tls tls : List.of(Tls.SELF_SIGNED, Tls.NONE)) {
      try (Server server = Servers.start(ServerOptions.of(kind).tls(tls).withoutAccounts())) {
        assertThat(GreetingProbe.offersTls(server)).isEqualTo(tls != Tls.NONE);
      }
    }
    assertThat(GreetingProbe.offersTls(Servers.shared(kind))).isTrue();
  }

  @Test
  void aPortInUseIsSaidInOneSentence() throws Exception {
    ServerKind kind = Servers.selectedKinds().get(0);
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> Servers.start(ServerOptions.of(kind).port(port)))
          .isInstanceOf(ServerStartException.class)
          .hasMessage(
              kind.title() + " cannot start: port " + port + " is in use by another program.");
    }
  }

  @Test
  void anArgumentThatTheServerDoesNotKnowShowsTheEndOfItsLog() {
    ServerKind kind = Servers.selectedKinds().get(0);
    assertThatThrownBy(() -> Servers.start(ServerOptions.of(kind).argument("--no-such-option=1")))
        .isInstanceOf(ServerStartException.class)
        .hasMessageStartingWith(kind.title() + " did not start; its log ends with:")
        .hasMessageContaining("no-such-option");
  }
}
