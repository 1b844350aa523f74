package io.bonito.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.protocol.auth.PeerTrust;
import io.bonito.protocol.auth.PublicKeyPolicy;
import io.bonito.protocol.buffer.RefusedDemandException;
import io.bonito.protocol.exchange.Event;
import io.bonito.testkit.server.Account;
import io.bonito.testkit.server.AdminConnection;
import io.bonito.testkit.server.Family;
import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.Servers;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to log in that the servers have, with the right password and with a wrong one. */
@Tag("server")
class AuthenticationTest {
  private static final int ACCESS_DENIED = 1045;
  private static final Set<String> WANT_THE_PASSWORD_ITSELF =
      Set.of("caching_sha2_password", "sha256_password", "pam");
  private static final Set<String> PROVE_THE_SERVER =
      Set.of("mysql_native_password", "ed25519", "parsec");

  static Stream<Arguments> accounts() {
    return Servers.selected().flatMap(AuthenticationTest::accountsOf);
  }

  private static Stream<Arguments> accountsOf(Server server) {
    return server.accounts().stream()
        .filter(account -> !account.socketRequired())
        .map(account -> Arguments.of(server, account));
  }

  static Stream<Arguments> accountsWithPasswords() {
    return accounts().filter(it -> !((Account) it.get()[1]).password().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("accounts")
  void everyAccountLogsInOverTls(Server server, Account account) throws Exception {
    try (LoginAttempt attempt = LoginAttempt.on(server).as(account).overTls(PeerTrust.VERIFIED)) {
      assertThat(attempt.run()).isEqualTo(Event.READY);
    }
  }

  @ParameterizedTest
  @MethodSource("accounts")
  void everyAccountLogsInOnThisMachine(Server server, Account account) throws Exception {
    try (LoginAttempt tcp = LoginAttempt.on(server).as(account).overTcp(PeerTrust.LOOPBACK);
        LoginAttempt unix = LoginAttempt.on(server).as(account).overUnixSocket()) {
      Event due = account.tlsRequired() ? Event.FAILED : Event.READY;
      forgetHashes(server);
      assertThat(tcp.run()).isEqualTo(due);
      forgetHashes(server);
      assertThat(unix.run()).isEqualTo(due);
    }
  }

  static Stream<Arguments> accountsOfTheSocketsUser() {
    return Servers.selected()
        .flatMap(
            server ->
                server.accounts().stream()
                    .filter(Account::socketRequired)
                    .map(account -> Arguments.of(server, account)));
  }

  /** The second factor of these is who we are on this machine. */
  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("accountsOfTheSocketsUser")
  void severalFactorsAreProvedOneByOne(Server server, Account account) throws Exception {
    try (LoginAttempt unix = LoginAttempt.on(server).as(account).overUnixSocket();
        LoginAttempt tls = LoginAttempt.on(server).as(account).overTls(PeerTrust.VERIFIED)) {
      assertThat(unix.run()).isEqualTo(Event.READY);
      assertThat(tls.run()).isEqualTo(Event.FAILED);
    }
  }

  @ParameterizedTest
  @MethodSource("accountsWithPasswords")
  void aWrongPasswordIsDenied(Server server, Account account) throws Exception {
    for (String wrong : List.of("wrong", "", account.password() + "x", "p".repeat(300))) {
      try (LoginAttempt attempt =
          LoginAttempt.on(server).as(account.user(), wrong).overTls(PeerTrust.VERIFIED)) {
        assertThat(attempt.run()).isEqualTo(Event.FAILED);
        assertThat(attempt.errorCode()).isEqualTo(ACCESS_DENIED);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("accounts")
  void anUnverifiedPeerNeverGetsThePasswordItself(Server server, Account account) throws Exception {
    forgetHashes(server);
    try (LoginAttempt attempt = LoginAttempt.on(server).as(account).overTls(PeerTrust.UNVERIFIED)) {
      if (WANT_THE_PASSWORD_ITSELF.contains(account.plugin()) && !account.password().isEmpty()) {
        assertThatThrownBy(attempt::run).isInstanceOf(RefusedDemandException.class);
      } else {
        assertThat(attempt.run()).isEqualTo(Event.READY);
      }
    }
  }

  static Stream<Arguments> mysqlAccountsThatNeedKeys() {
    return accountsWithPasswords()
        .filter(it -> ((Server) it.get()[0]).family() == Family.MYSQL)
        .filter(it -> WANT_THE_PASSWORD_ITSELF.contains(((Account) it.get()[1]).plugin()))
        .filter(it -> !((Account) it.get()[1]).tlsRequired());
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("mysqlAccountsThatNeedKeys")
  void aKeyHidesThePasswordOnAPlainLine(Server server, Account account) throws Exception {
    String pem = publicKey(server);
    for (PublicKeyPolicy keys : List.of(PublicKeyPolicy.pinned(pem), PublicKeyPolicy.retrieved())) {
      forgetHashes(server);
      try (LoginAttempt attempt =
          LoginAttempt.on(server).as(account).overTcp(PeerTrust.UNVERIFIED).keys(keys)) {
        assertThat(attempt.run()).isEqualTo(Event.READY);
      }
    }
    // And now the server has the hash: not even a key is needed.
    if (account.plugin().equals("caching_sha2_password")) {
      try (LoginAttempt attempt =
          LoginAttempt.on(server).as(account).overTcp(PeerTrust.UNVERIFIED)) {
        assertThat(attempt.run()).isEqualTo(Event.READY);
      }
    }
  }

  static Stream<Arguments> accountsThatProveTheServer() {
    return accountsWithPasswords()
        .filter(it -> provesCertificates((Server) it.get()[0]))
        .filter(it -> PROVE_THE_SERVER.contains(((Account) it.get()[1]).plugin()));
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("accountsThatProveTheServer")
  void thePasswordProvesTheCertificate(Server server, Account account) throws Exception {
    try (LoginAttempt honest = LoginAttempt.on(server).as(account).overTls(PeerTrust.PROOF_DUE);
        LoginAttempt forged =
            LoginAttempt.on(server)
                .as(account)
                .overTls(PeerTrust.PROOF_DUE)
                .withForgedFingerprint()) {
      assertThat(honest.run()).isEqualTo(Event.READY);
      assertThat(honest.changeUser(account)).isEqualTo(Event.RESULT_END);
      assertThatThrownBy(forged::run)
          .isInstanceOf(RefusedDemandException.class)
          .hasMessageContaining("someone may sit between");
    }
  }

  @ParameterizedTest
  @MethodSource("accounts")
  void aServerThatDoesNotProveItsCertificateIsLeft(Server server, Account account)
      throws Exception {
    if (!provesCertificates(server)) {
      try (LoginAttempt attempt =
          LoginAttempt.on(server).as(account).overTls(PeerTrust.PROOF_DUE)) {
        assertThatThrownBy(attempt::run).isInstanceOf(RefusedDemandException.class);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("accounts")
  void anyUserBecomesAnyOther(Server server, Account account) throws Exception {
    for (Account other : server.accounts()) {
      if (other.socketRequired()) {
        continue;
      }
      try (LoginAttempt attempt = LoginAttempt.on(server).as(account).overTls(PeerTrust.VERIFIED)) {
        attempt.run();
        assertThat(attempt.changeUser(other)).isEqualTo(Event.RESULT_END);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("accounts")
  void anAllowedPluginLogsInAndAnyOtherIsRefused(Server server, Account account) throws Exception {
    String plugin =
        switch (account.plugin()) {
          case "ed25519" -> "client_ed25519";
          case "pam" -> "dialog";
          default -> account.plugin();
        };
    String other =
        plugin.equals("mysql_native_password") ? "caching_sha2_password" : "mysql_native_password";
    try (LoginAttempt allowed =
            LoginAttempt.on(server).as(account).overTls(PeerTrust.VERIFIED).only(plugin);
        LoginAttempt refused =
            LoginAttempt.on(server).as(account).overTls(PeerTrust.VERIFIED).only(other)) {
      assertThat(allowed.run()).isEqualTo(Event.READY);
      assertThatThrownBy(refused::run)
          .isInstanceOf(RefusedDemandException.class)
          .hasMessageContaining("not allowed here");
    }
  }

  private static boolean provesCertificates(Server server) {
    return server.family() == Family.MARIADB
        && !server.kind().id().toLowerCase(Locale.ROOT).contains("10.11");
  }

  private static void forgetHashes(Server server) {
    if (server.family() == Family.MYSQL) {
      try (AdminConnection admin = server.admin()) {
        admin.execute("FLUSH PRIVILEGES");
      }
    }
  }

  private static String publicKey(Server server) {
    try (AdminConnection admin = server.admin()) {
      return String.valueOf(
          admin.query("SHOW STATUS LIKE 'Caching_sha2_password_rsa_public_key'").get(0).get(1));
    }
  }
}
