package org.mariadb.jdbc;

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
    return "jdbc:mariadb://" + server.host() + ":" + server.port() + "/";
  }

  private static void isOurs(Connection connection) throws SQLException {
    try (connection) {
      assertThat(connection.isWrapperFor(BonitoConnection.class)).isTrue();
      assertThat(connection.getMetaData().getURL()).startsWith("jdbc:mariadb://");
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
    for (String name : List.of("org.mariadb.jdbc.Driver")) {
      java.sql.Driver driver =
          (java.sql.Driver) Class.forName(name).getDeclaredConstructor().newInstance();
      isOurs(driver.connect(url(server), properties));
    }
  }

  @Tag("server")
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void theirDataSourcesGiveOurConnectionsOfEachKind(Server server) throws SQLException {
    DataSource source = configured(new MariaDbDataSource(), server);
    isOurs(source.getConnection());
    isOurs(source.getConnection(server.user(), server.password()));
    MariaDbDataSource pooling = configured(new MariaDbDataSource(), server);
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
    MariaDbDataSource source = configured(new MariaDbDataSource(), server);
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

  @Tag("server")
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aPoolSetsThePropertiesOfTheirDataSource(Server server) throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setDataSourceClassName("org.mariadb.jdbc.MariaDbDataSource");
    config.addDataSourceProperty("url", url(server) + "?allowMultiQueries=true");
    config.addDataSourceProperty("user", server.user());
    config.addDataSourceProperty("password", server.password());
    config.setMaximumPoolSize(1);
    try (HikariDataSource pool = new HikariDataSource(config);
        Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(connection.isWrapperFor(BonitoConnection.class)).isTrue();
      assertThat(statement.execute("SELECT 1; SELECT 2")).isTrue();
      assertThat(statement.getMoreResults()).isTrue();
    }
  }

  private static MariaDbDataSource configured(MariaDbDataSource source, Server server)
      throws SQLException {
    source.setUser(server.user());
    source.setPassword(server.password());
    source.setUrl(url(server));
    source.setLoginTimeout(30);
    assertThat(source.getLoginTimeout()).isEqualTo(30);
    return source;
  }

  @Test
  void otherUrlsAreOthers() throws SQLException {
    Driver driver = new Driver();
    assertThat(driver.acceptsURL("jdbc:mariadb://h/")).isTrue();
    assertThat(driver.acceptsURL("jdbc:mysql://h/")).isFalse();
    assertThat(driver.acceptsURL("jdbc:bonito://h/")).isFalse();
    assertThat(driver.connect("jdbc:mysql://h/", new Properties())).isNull();
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
                  name.equals("org/mariadb/jdbc/Configuration.class")
                      ? "io/bonito/jdbc/Driver.class"
                      : name);
            }
          });
      List<ThrowingCallable> ways =
          List.of(
              () -> DriverManager.getConnection("jdbc:mariadb://localhost/"),
              () -> new MariaDbDataSource().getConnection(),
              () -> new MariaDbDataSource().getConnection("app", "secret"),
              () -> new MariaDbDataSource().getPooledConnection(),
              () -> new MariaDbDataSource().getXAConnection());
      for (ThrowingCallable way : ways) {
        assertThatThrownBy(way)
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("bonito-mariadb-standin")
            .hasMessageContaining("mariadb-java-client")
            .hasMessageContaining("remove one of them");
      }
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
