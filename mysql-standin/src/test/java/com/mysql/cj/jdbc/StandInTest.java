package com.mysql.cj.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.bonito.jdbc.BonitoConnection;
import io.bonito.testkit.server.Server;
import java.net.URL;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import javax.sql.DataSource;
import javax.sql.PooledConnection;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What programs that name the other driver's classes get. */
class StandInTest {
  private record Branch(byte[] getGlobalTransactionId) implements Xid {
    @Override
    public int getFormatId() {
      return 1;
    }

    @Override
    public byte[] getBranchQualifier() {
      return new byte[] {1};
    }
  }

  private static String url(Server server) {
    return "jdbc:mysql://" + server.host() + ":" + server.port() + "/";
  }

  private static void isOurs(Connection connection) throws SQLException {
    try (connection) {
      assertThat(connection.isWrapperFor(BonitoConnection.class)).isTrue();
      assertThat(connection.getMetaData().getURL()).startsWith("jdbc:mysql://");
      assertThat(connection.isValid(30)).isTrue();
    }
  }

  @Tag("server")
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void theirUrlGivesOurConnection(Server server) throws SQLException {
    isOurs(DriverManager.getConnection(url(server), server.user(), server.password()));
  }

  @Tag("server")
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void theirDriversNamesGiveOurConnection(Server server) throws Exception {
    Properties properties = new Properties();
    properties.setProperty("user", server.user());
    properties.setProperty("password", server.password());
    for (String name : List.of("com.mysql.cj.jdbc.Driver", "com.mysql.jdbc.Driver")) {
      java.sql.Driver driver =
          (java.sql.Driver) Class.forName(name).getDeclaredConstructor().newInstance();
      isOurs(driver.connect(url(server), properties));
    }
  }

  @Tag("server")
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void theirDataSourcesGiveOurConnectionsOfEachKind(Server server) throws SQLException {
    DataSource source = configured(new MysqlDataSource(), server);
    isOurs(source.getConnection());
    isOurs(source.getConnection(server.user(), server.password()));
    MysqlConnectionPoolDataSource pooling = configured(new MysqlConnectionPoolDataSource(), server);
    PooledConnection pooled = pooling.getPooledConnection();
    isOurs(pooled.getConnection());
    isOurs(pooled.getConnection());
    pooled.close();
    pooled = pooling.getPooledConnection(server.user(), server.password());
    isOurs(pooled.getConnection());
    pooled.close();
  }

  @Tag("server")
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aTransactionManagerCompletesAndRollsBackTheirGlobalConnections(Server server)
      throws Exception {
    String schema = server.freshSchema(getClass());
    MysqlXADataSource source = configured(new MysqlXADataSource(), server);
    XAConnection first = source.getXAConnection();
    XAConnection second = source.getXAConnection(server.user(), server.password());
    try (Connection one = first.getConnection();
        Connection two = second.getConnection();
        Statement statement = one.createStatement();
        Statement other = two.createStatement()) {
      statement.execute("CREATE TABLE " + schema + ".t (id INT PRIMARY KEY)");
      XAResource resource = first.getXAResource();
      XAResource otherResource = second.getXAResource();
      Xid xid = new Branch((schema + "-1").getBytes(java.nio.charset.StandardCharsets.UTF_8));
      Xid otherXid = new Branch((schema + "-2").getBytes(java.nio.charset.StandardCharsets.UTF_8));
      resource.start(xid, XAResource.TMNOFLAGS);
      otherResource.start(otherXid, XAResource.TMNOFLAGS);
      statement.executeUpdate("INSERT INTO " + schema + ".t VALUES (1)");
      other.executeUpdate("INSERT INTO " + schema + ".t VALUES (2)");
      resource.end(xid, XAResource.TMSUCCESS);
      otherResource.end(otherXid, XAResource.TMSUCCESS);
      assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_OK);
      assertThat(otherResource.prepare(otherXid)).isEqualTo(XAResource.XA_OK);
      resource.commit(xid, /* onePhase= */ false);
      otherResource.rollback(otherXid);
      try (ResultSet rows =
          statement.executeQuery("SELECT GROUP_CONCAT(id) FROM " + schema + ".t")) {
        rows.next();
        assertThat(rows.getString(1)).isEqualTo("1");
      }
    } finally {
      first.close();
      second.close();
    }
  }

  /** The properties that HikariCP's page on MySQL has people copy, and what else is usual. */
  @Tag("server")
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aPoolSetsThePropertiesOfTheirDataSource(Server server) throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setDataSourceClassName("com.mysql.cj.jdbc.MysqlDataSource");
    for (String property :
        List.of(
            "serverName=" + server.host(),
            "port=" + server.port(),
            "databaseName=" + server.freshSchema(getClass()),
            "user=" + server.user(),
            "password=" + server.password(),
            "cachePrepStmts=true",
            "prepStmtCacheSize=250",
            "prepStmtCacheSqlLimit=2048",
            "useServerPrepStmts=true",
            "useLocalSessionState=true",
            "rewriteBatchedStatements=true",
            "cacheResultSetMetadata=true",
            "cacheServerConfiguration=true",
            "elideSetAutoCommits=true",
            "maintainTimeStats=false",
            "useSSL=false",
            "allowPublicKeyRetrieval=true",
            "characterEncoding=UTF-8",
            "serverTimezone=UTC",
            "zeroDateTimeBehavior=CONVERT_TO_NULL",
            "allowMultiQueries=true",
            "connectTimeout=30000",
            "socketTimeout=60000",
            "tinyInt1isBit=false")) {
      String[] parts = property.split("=", 2);
      config.addDataSourceProperty(parts[0], parts[1]);
    }
    config.setMaximumPoolSize(1);
    try (HikariDataSource pool = new HikariDataSource(config);
        Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet two =
            statement.executeQuery(
                "SELECT CAST('2024-01-02 03:04:05' AS DATETIME); SELECT DATABASE()")) {
      assertThat(connection.isWrapperFor(BonitoConnection.class)).isTrue();
      two.next();
      assertThat(two.getTimestamp(1).toInstant()).isEqualTo("2024-01-02T03:04:05Z");
      assertThat(statement.getMoreResults()).isTrue();
    }
  }

  private static <T extends MysqlDataSource> T configured(T source, Server server) {
    source.setServerName(server.host());
    source.setPort(server.port());
    source.setUser(server.user());
    source.setPassword(server.password());
    return source;
  }

  @Test
  void theUrlPrevailsInWhereItLeadsWhicheverIsSetFirst() {
    MysqlDataSource first = new MysqlDataSource();
    first.setURL("jdbc:mysql://db:3307/shop?user=app");
    first.setServerName("");
    first.setPortNumber(3306);
    first.setDatabaseName("");
    MysqlDataSource last = new MysqlDataSource();
    last.setServerName("elsewhere");
    last.setPortNumber(3306);
    last.setURL("jdbc:mysql://db:3307/shop?user=app");
    assertThat(first.getURL())
        .isEqualTo(last.getURL())
        .isEqualTo("jdbc:mysql://db:3307/shop?user=app");
    MysqlDataSource without = new MysqlDataSource();
    without.setDatabaseName("a shop");
    without.setPort(3308);
    assertThat(without.getUrl()).isEqualTo("jdbc:mysql://localhost:3308/a%20shop");
  }

  @Test
  void otherUrlsAreOthers() throws SQLException {
    Driver driver = new Driver();
    assertThat(driver.acceptsURL("jdbc:mysql://h/")).isTrue();
    assertThat(driver.acceptsURL("jdbc:mariadb://h/")).isFalse();
    assertThat(driver.acceptsURL("jdbc:bonito://h/")).isFalse();
    assertThat(driver.connect("jdbc:mariadb://h/", new Properties())).isNull();
  }

  /** Only the name of one of their files is there, as in a class path that holds them all. */
  @Test
  void whereTheRealDriverIsThereTooNothingIsOpened() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try {
      thread.setContextClassLoader(
          new ClassLoader(before) {
            @Override
            public @Nullable URL getResource(String name) {
              return super.getResource(
                  name.equals("com/mysql/cj/CharsetMapping.class")
                      ? "io/bonito/jdbc/Driver.class"
                      : name);
            }
          });
      List<ThrowingCallable> ways =
          List.of(
              () -> DriverManager.getConnection("jdbc:mysql://localhost/"),
              () -> new MysqlDataSource().getConnection(),
              () -> new MysqlDataSource().getConnection("app", "secret"),
              () -> new MysqlConnectionPoolDataSource().getPooledConnection(),
              () -> new MysqlXADataSource().getXAConnection());
      for (ThrowingCallable way : ways) {
        assertThatThrownBy(way)
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("bonito-mysql-standin")
            .hasMessageContaining("mysql-connector-j")
            .hasMessageContaining("remove one of them");
      }
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
