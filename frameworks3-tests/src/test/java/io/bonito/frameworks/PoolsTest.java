package io.bonito.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mchange.v2.c3p0.ComboPooledDataSource;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ExceptionSorter;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.bonito.testkit.server.AdminConnection;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The pools of others, each with one connection of Bonito's. */
@Tag("server")
class PoolsTest {
  private interface Open extends Function<Database, DataSource> {}

  private static final Map<String, Open> POOLS =
      Map.of(
          "HikariCP", PoolsTest::hikari,
          "Tomcat", PoolsTest::tomcat,
          "DBCP", PoolsTest::dbcp,
          "Agroal", PoolsTest::agroal,
          "c3p0", PoolsTest::c3p0);

  static Stream<Arguments> pools() {
    return Way.bonito()
        .flatMap(way -> POOLS.keySet().stream().sorted().map(pool -> Arguments.of(pool, way)));
  }

  private static DataSource hikari(Database database) {
    return new HikariDataSource(hikariConfig(database));
  }

  private static HikariConfig hikariConfig(Database database) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.url());
    config.setDriverClassName(database.driverClass());
    config.setUsername(database.user());
    config.setPassword(database.password());
    config.setMaximumPoolSize(1);
    return config;
  }

  private static DataSource tomcat(Database database) {
    PoolProperties config = new PoolProperties();
    config.setUrl(database.url());
    config.setDriverClassName(database.driverClass());
    config.setUsername(database.user());
    config.setPassword(database.password());
    config.setMaxActive(1);
    config.setInitialSize(1);
    config.setTestOnBorrow(true);
    config.setValidationInterval(0);
    config.setJdbcInterceptors("ConnectionState");
    config.setDefaultAutoCommit(true);
    config.setDefaultReadOnly(false);
    config.setDefaultTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    return new org.apache.tomcat.jdbc.pool.DataSource(config);
  }

  private static DataSource dbcp(Database database) {
    BasicDataSource pool = new BasicDataSource();
    pool.setUrl(database.url());
    pool.setDriverClassName(database.driverClass());
    pool.setUsername(database.user());
    pool.setPassword(database.password());
    pool.setMaxTotal(1);
    pool.setPoolPreparedStatements(true);
    pool.setDefaultReadOnly(false);
    pool.setDefaultTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    return pool;
  }

  private static DataSource agroal(Database database) {
    AgroalDataSourceConfigurationSupplier config =
        new AgroalDataSourceConfigurationSupplier()
            .connectionPoolConfiguration(
                pool ->
                    pool.maxSize(1)
                        .exceptionSorter(ExceptionSorter.fatalExceptionSorter())
                        .connectionFactoryConfiguration(
                            factory ->
                                factory
                                    .jdbcUrl(database.url())
                                    .connectionProviderClass(io.bonito.jdbc.Driver.class)
                                    .principal(new NamePrincipal(database.user()))
                                    .credential(new SimplePassword(database.password()))));
    try {
      return AgroalDataSource.from(config);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static DataSource c3p0(Database database) {
    ComboPooledDataSource pool = new ComboPooledDataSource();
    try {
      pool.setDriverClass(database.driverClass());
    } catch (java.beans.PropertyVetoException e) {
      throw new IllegalStateException(e);
    }
    pool.setJdbcUrl(database.url());
    pool.setUser(database.user());
    pool.setPassword(database.password());
    pool.setInitialPoolSize(1);
    pool.setMinPoolSize(1);
    pool.setMaxPoolSize(1);
    pool.setMaxStatements(10);
    pool.setTestConnectionOnCheckout(true);
    return pool;
  }

  private static void close(DataSource pool) throws Exception {
    if (pool instanceof org.apache.tomcat.jdbc.pool.DataSource tomcat) {
      tomcat.close();
    } else {
      ((AutoCloseable) pool).close();
    }
  }

  private static long id(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet id = statement.executeQuery("SELECT CONNECTION_ID()")) {
      id.next();
      return id.getLong(1);
    }
  }

  @ParameterizedTest
  @MethodSource("pools")
  void lendsTheSameConnectionAgainAsItWas(String name, Way way) throws Exception {
    DataSource pool = POOLS.get(name).apply(way.freshDatabase(getClass()));
    long first;
    try (Connection connection = pool.getConnection()) {
      first = id(connection);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
      connection.setAutoCommit(false);
      assertThat(id(connection)).isEqualTo(first);
      connection.rollback();
    }
    try (Connection connection = pool.getConnection()) {
      assertThat(id(connection)).isEqualTo(first);
      assertThat(connection.isValid(5)).isTrue();
      assertThat(connection.isReadOnly()).isFalse();
      assertThat(connection.getAutoCommit()).isTrue();
      assertThat(connection.getTransactionIsolation())
          .isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
      assertThat(connection.unwrap(io.bonito.jdbc.BonitoConnection.class)).isNotNull();
    } finally {
      close(pool);
    }
  }

  @ParameterizedTest
  @MethodSource("pools")
  void replacesAConnectionThatTheServerHasKilled(String name, Way way) throws Exception {
    DataSource pool = POOLS.get(name).apply(way.freshDatabase(getClass()));
    long first;
    try (Connection connection = pool.getConnection();
        AdminConnection admin = way.server().admin()) {
      first = id(connection);
      admin.execute("KILL " + first);
      assertThatThrownBy(() -> id(connection))
          .isInstanceOfSatisfying(
              SQLException.class, error -> assertThat(error.getSQLState()).startsWith("08"));
    }
    try (Connection connection = pool.getConnection()) {
      assertThat(id(connection)).isNotEqualTo(first);
    } finally {
      close(pool);
    }
  }

  /** Errors for which HikariCP drops a connection that is as good as before. */
  private enum Refusal {
    /** What TiDB and Vitess say of much that is wrong with a statement. */
    UNKNOWN_ERROR("SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1105, MESSAGE_TEXT = 'no such shard'"),
    NOT_SUPPORTED("SIGNAL SQLSTATE '0A000' SET MYSQL_ERRNO = 1845, MESSAGE_TEXT = 'not online'");

    private final String sql;

    Refusal(String sql) {
      this.sql = sql;
    }
  }

  static Stream<Arguments> refusals() {
    return Way.bonito()
        .flatMap(way -> Stream.of(Refusal.values()).map(refusal -> Arguments.of(refusal, way)));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void hikariKeepsTheConnectionAfterARefusalWhereItIsToldTo(Refusal refusal, Way way)
      throws Exception {
    Database database = way.freshDatabase(getClass());
    HikariConfig config = hikariConfig(database);
    try (HikariDataSource pool = new HikariDataSource(config)) {
      assertThat(keeps(pool, refusal.sql)).isFalse();
    }
    Properties page = Page.properties("The pools of others", database);
    config.setExceptionOverrideClassName(page.getProperty("exceptionOverrideClassName"));
    try (HikariDataSource pool = new HikariDataSource(config)) {
      assertThat(keeps(pool, refusal.sql)).isTrue();
    }
  }

  private static boolean keeps(DataSource pool, String refused) throws SQLException {
    long first;
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      first = id(connection);
      assertThatThrownBy(() -> statement.execute(refused)).isInstanceOf(SQLException.class);
    }
    try (Connection connection = pool.getConnection()) {
      return id(connection) == first;
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.frameworks.Way#bonito")
  void hikariKeepsTheConnectionWhoseStatementRanOutOfItsTimeAndDropsOneThatIsLost(Way way)
      throws Exception {
    Database database = way.freshDatabase(getClass());
    HikariConfig config = hikariConfig(database);
    config.setExceptionOverrideClassName("io.bonito.jdbc.hikari.ExceptionOverride");
    try (HikariDataSource pool = new HikariDataSource(config);
        AdminConnection admin = way.server().admin()) {
      long first;
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement()) {
        first = id(connection);
        statement.setQueryTimeout(1);
        assertThatThrownBy(() -> statement.execute("SELECT SLEEP(600)"))
            .isInstanceOf(SQLTimeoutException.class);
      }
      try (Connection connection = pool.getConnection()) {
        assertThat(id(connection)).isEqualTo(first);
        admin.execute("KILL " + first);
        assertThatThrownBy(() -> id(connection)).isInstanceOf(SQLException.class);
      }
      try (Connection connection = pool.getConnection()) {
        assertThat(id(connection)).isNotEqualTo(first);
      }
    }
  }
}
