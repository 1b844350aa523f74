package io.bonito.conformance.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bonito.jdbc.BonitoDataSource;
import io.bonito.jdbc.Driver;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.JdbcUrl;
import io.bonito.testkit.script.ListeningServer;
import io.bonito.testkit.script.Packets;
import io.bonito.testkit.script.ScriptedServer;
import io.bonito.testkit.server.Server;
import io.bonito.transport.NamedSocketOpener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.SocketFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a program changes when it comes from a rival: its class path, and nothing in its URL. */
class DropInTest {
  private static final AtomicInteger OPENED = new AtomicInteger();

  /** Found by ServiceLoader. */
  public static final class Counting implements NamedSocketOpener {
    @Override
    public String id() {
      return "counting";
    }

    @Override
    public Socket open(String host, int port, Duration timeLeft) throws IOException {
      OPENED.incrementAndGet();
      Socket socket = new Socket();
      socket.connect(new InetSocketAddress(host, port), (int) timeLeft.toMillis());
      return socket;
    }
  }

  private static Connection connect(Server server, String url) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", server.user());
    properties.setProperty("password", server.password());
    return new Driver().connect(url, properties);
  }

  private static ConnectionOptions options(String url) {
    return JdbcUrl.parse(url).options(new Properties());
  }

  @Test
  void whatIsEmptyIsTheUsual() {
    for (String scheme : List.of("jdbc:mysql:", "jdbc:mariadb:", "jdbc:bonito:")) {
      for (String rest : List.of("//", "///", "//:/", "//:/?user=&password=", "//:3306/?")) {
        ConnectionOptions options = options(scheme + rest);
        assertThat(options.target()).as(scheme + rest).isEqualTo("localhost:3306");
        assertThat(options.user()).isEmpty();
        assertThat(options.database()).isEmpty();
      }
    }
  }

  @Test
  void everyFormOfOneHostIsUnderstood() {
    for (String host :
        List.of(
            "db.example.org:3307",
            "address=(host=db.example.org)(port=3307)",
            "(host=db.example.org,port=3307)",
            "app:secret@db.example.org:3307")) {
      ConnectionOptions options = options("jdbc:mysql://" + host + "/shop");
      assertThat(options.target()).as(host).isEqualTo("db.example.org:3307");
      assertThat(options.database()).isEqualTo("shop");
    }
    assertThat(options("jdbc:mysql://[::1]:3307/").target()).isEqualTo("[::1]:3307");
    assertThat(options("jdbc:mysql://%2Frun%2Fdb.sock/").localSocket()).isEqualTo("/run/db.sock");
    assertThat(options("jdbc:mariadb:///?localSocket=/run/db.sock").localSocket())
        .isEqualTo("/run/db.sock");
  }

  @Test
  void severalHostsAreUnderstoodAndRefusedByWhatTheyNeed() {
    for (String url :
        List.of(
            "jdbc:mysql://a,b/",
            "jdbc:mysql:loadbalance://a,b/",
            "jdbc:mariadb:sequential://a:1,b:2/",
            "jdbc:mysql://address=(host=a)(port=1),address=(host=b)(port=2)/")) {
      SQLException e =
          catchThrowableOfType(
              SQLException.class, () -> new Driver().connect(url, new Properties()));
      assertThat((Throwable) e).as(url).hasMessageContaining("failover");
    }
  }

  @Tag("server")
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void metadataTellsThePlainUrlAndTheServersProduct(Server server) throws SQLException {
    boolean mariaDb = server.toString().contains("mariadb");
    for (String scheme :
        List.of("jdbc:bonito:", "jdbc:bonito:mysql:", "jdbc:mysql:", "jdbc:mariadb:")) {
      String url = scheme + "//" + server.host() + ":" + server.port() + "/";
      try (Connection connection = connect(server, url)) {
        String family =
            scheme.equals("jdbc:bonito:")
                ? (mariaDb ? "jdbc:mariadb:" : "jdbc:mysql:")
                : scheme.replace("bonito:", "");
        assertThat(connection.getMetaData().getURL())
            .isEqualTo(family + "//" + server.host() + ":" + server.port());
        assertThat(connection.getMetaData().getDatabaseProductName())
            .isEqualTo(mariaDb ? "MariaDB" : "MySQL");
        assertThat(connection.getMetaData().getDriverName()).isEqualTo("Bonito");
        assertThat(connection.getMetaData().getDatabaseProductVersion())
            .isEqualTo(Jdbc.value(connection, "SELECT VERSION()"));
      }
    }
  }

  @Tag("server")
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void socketsComeFromWhereTheUserSays(Server server) throws SQLException {
    OPENED.set(0);
    String url = "jdbc:mysql://" + server.host() + ":" + server.port() + "/";
    connect(server, url + "?socketFactory=counting").close();
    assertThat(OPENED.get()).isEqualTo(1);
    BonitoDataSource source = new BonitoDataSource(url);
    source.setUser(server.user());
    source.setPassword(server.password());
    AtomicInteger made = new AtomicInteger();
    source.setSocketFactory(
        new SocketFactory() {
          @Override
          public Socket createSocket() {
            made.incrementAndGet();
            return new Socket();
          }

          @Override
          public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
          }

          @Override
          public Socket createSocket(String host, int port, java.net.InetAddress by, int from) {
            throw new UnsupportedOperationException();
          }

          @Override
          public Socket createSocket(java.net.InetAddress host, int port) {
            throw new UnsupportedOperationException();
          }

          @Override
          public Socket createSocket(
              java.net.InetAddress host, int port, java.net.InetAddress by, int from) {
            throw new UnsupportedOperationException();
          }
        });
    source.getConnection().close();
    assertThat(made.get()).isEqualTo(1);
  }

  @Test
  void aFactoryThatIsNotThereOrIsAClassIsRefused() {
    assertThatThrownBy(
            () -> new Driver().connect("jdbc:mysql://h/?socketFactory=other", new Properties()))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("socketFactory=other")
        .hasMessageContaining("counting");
    assertThatThrownBy(
            () ->
                new Driver()
                    .connect(
                        "jdbc:mysql://h/?socketFactory=com.google.cloud.sql.mysql.SocketFactory",
                        new Properties()))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("BonitoDataSource.setSocketFactory");
  }

  /** The most copied tails of URLs: nothing in them is an error. */
  @Tag("server")
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void theTailsThatEverybodyCopiesConnect(Server server) throws SQLException {
    for (String tail :
        List.of(
            "useUnicode=true&characterEncoding=utf8&serverTimezone=Asia/Shanghai&useSSL=false"
                + "&allowPublicKeyRetrieval=true&zeroDateTimeBehavior=convertToNull"
                + "&rewriteBatchedStatements=true&autoReconnect=true&allowMultiQueries=true"
                + "&nullCatalogMeansCurrent=true",
            "cachePrepStmts=true&prepStmtCacheSize=250&prepStmtCacheSqlLimit=2048"
                + "&useServerPrepStmts=true&useLocalSessionState=true&rewriteBatchedStatements=true"
                + "&cacheResultSetMetadata=true&cacheServerConfiguration=true"
                + "&elideSetAutoCommits=true&maintainTimeStats=false")) {
      String url = "jdbc:mysql://" + server.host() + ":" + server.port() + "/?" + tail;
      try (Connection connection = connect(server, url)) {
        assertThat(connection.isValid(10)).isTrue();
        assertThat(Jdbc.value(connection, "SELECT 1")).isEqualTo("1");
      }
    }
  }

  // ---- what is not drop-in: each is what the pages on migration promise

  private static SQLException refusal(String url) {
    return catchThrowableOfType(
        SQLException.class, () -> new Driver().connect(url, new Properties()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "authenticationPlugins",
        "authenticationWebAuthnCallbackHandler",
        "authenticationOpenidConnectCallbackHandler",
        "clientInfoProvider",
        "connectionLifecycleInterceptors",
        "exceptionInterceptors",
        "KeyManagerFactoryProvider",
        "keyStoreProvider",
        "loadBalanceExceptionChecker",
        "parseInfoCacheFactory",
        "profilerEventHandler",
        "propertiesTransform",
        "queryInfoCacheFactory",
        "queryInterceptors",
        "serverConfigCacheFactory",
        "sslContextProvider",
        "statementInterceptors",
        "tlsSocketType",
        "trustManagerFactoryProvider"
      })
  void anOptionThatNamesAClassIsRefused(String name) {
    for (String scheme : List.of("jdbc:mysql:", "jdbc:mariadb:")) {
      assertThat((Throwable) refusal(scheme + "//h/?" + name + "=com.example.Plugin"))
          .hasMessageContaining(name)
          .hasMessageContaining("no text chooses classes here; give the object in code");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ldapServerHostname", "ociConfigFile", "ociConfigProfile", "servicePrincipalName"})
  void anOptionOfALoginThatIsNotInIsRefused(String name) {
    assertThat((Throwable) refusal("jdbc:mysql://h/?" + name + "=x"))
        .hasMessageContaining(name)
        .hasMessageContaining("this login is not in; AuthPlugin is public");
  }

  /** LDAP has two: the other one is the password in clear, which goes over verified TLS. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "auth_gssapi_client",
        "authentication_kerberos_client",
        "authentication_ldap_sasl_client",
        "authentication_openid_connect_client",
        "authentication_webauthn_client",
        "authentication_oci_client"
      })
  void aLoginThatIsNotInIsToldByItsName(String plugin) throws Exception {
    ScriptedServer script =
        new ScriptedServer()
            .login(wire -> wire.packet(Packets.authSwitch(plugin, new byte[] {1, 2, 3, 0})));
    try (ListeningServer server = script.listen()) {
      assertThat((Throwable) refusal("jdbc:mysql://127.0.0.1:" + server.port() + "/?user=app"))
          .hasMessageContaining("the server wants authentication by \"" + plugin + "\"")
          .hasMessageContaining("caching_sha2_password");
    }
  }

  @Test
  void aPathOrUrlForLocalInfileIsRefused() {
    for (String option :
        List.of("allowUrlInLocalInfile=true", "allowLoadLocalInfileInPath=/var/data")) {
      assertThat((Throwable) refusal("jdbc:mysql://h/?" + option))
          .hasMessageContaining("LOCAL INFILE takes a stream given in code");
    }
  }

  @Tag("server")
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aFileThatIsNamedIsNeverRead(Server server) throws SQLException {
    String url =
        "jdbc:mysql://%s:%d/%s?allowLoadLocalInfile="
            .formatted(server.host(), server.port(), server.freshSchema(DropInTest.class));
    String load = "LOAD DATA LOCAL INFILE '/etc/hostname' INTO TABLE t";
    try (Connection allowed = connect(server, url + true);
        Connection usual = connect(server, url + false);
        Statement statement = allowed.createStatement();
        Statement other = usual.createStatement()) {
      statement.execute("CREATE TABLE t (line VARCHAR(200))");
      assertThatThrownBy(() -> statement.execute(load))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("no stream");
      assertThatThrownBy(() -> other.execute(load)).isInstanceOf(SQLException.class);
      assertThat(Jdbc.value(allowed, "SELECT COUNT(*) FROM t")).isEqualTo("0");
      assertThat(usual.isValid(30)).isTrue();
    }
  }

  @Tag("server")
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aRivalsClassIsNotUnwrappedAndTheMessageNamesOurs(Server server) throws Exception {
    try (Connection connection =
            connect(server, "jdbc:mysql://" + server.host() + ":" + server.port() + "/");
        Statement statement = connection.createStatement()) {
      for (String name :
          List.of("com.mysql.cj.jdbc.JdbcConnection", "org.mariadb.jdbc.Connection")) {
        Class<?> theirs = RivalDriver.type(name);
        assertThat(connection.isWrapperFor(theirs)).isFalse();
        assertThatThrownBy(() -> connection.unwrap(theirs))
            .isInstanceOf(SQLException.class)
            .hasMessageContaining(name)
            .hasMessageContaining("io.bonito.jdbc.BonitoConnection");
      }
      Class<?> theirs = RivalDriver.type("com.mysql.cj.jdbc.JdbcStatement");
      assertThatThrownBy(() -> statement.unwrap(theirs))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining(theirs.getName())
          .hasMessageContaining("io.bonito.jdbc.BonitoStatement");
    }
  }
}
