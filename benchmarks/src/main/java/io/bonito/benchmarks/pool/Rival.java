package io.bonito.benchmarks.pool;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.bonito.pool.PooledDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.tomcat.jdbc.pool.DataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.vibur.dbcp.ViburDBCPDataSource;

/** The pools, each as its makers have set it, but for its size and a wait of at most a minute. */
enum Rival {
  BONITO("Bonito") {
    @Override
    Pool open(StubSource source, int minimum, int maximum) {
      PooledDataSource pool =
          PooledDataSource.over(
              source::getConnection,
              Map.of(
                  "maximum_pool_size",
                  Integer.toString(maximum),
                  "minimum_idle",
                  Integer.toString(minimum),
                  "timeout",
                  Integer.toString(WAIT_SECONDS)));
      return pool(pool::getConnection, pool::close);
    }
  },
  HIKARI("HikariCP 7.1") {
    @Override
    Pool open(StubSource source, int minimum, int maximum) {
      HikariConfig config = new HikariConfig();
      config.setDataSource(source);
      config.setMaximumPoolSize(maximum);
      config.setMinimumIdle(minimum);
      config.setConnectionTimeout(WAIT_SECONDS * 1000L);
      HikariDataSource pool = new HikariDataSource(config);
      return pool(pool::getConnection, pool::close);
    }
  },
  AGROAL("Agroal 3.2") {
    @Override
    Pool open(StubSource source, int minimum, int maximum) throws SQLException {
      StubDriver.next = source;
      AgroalDataSource pool =
          AgroalDataSource.from(
              new AgroalDataSourceConfigurationSupplier()
                  .connectionPoolConfiguration(
                      c ->
                          c.initialSize(minimum)
                              .minSize(minimum)
                              .maxSize(maximum)
                              .acquisitionTimeout(Duration.ofSeconds(WAIT_SECONDS))
                              .connectionFactoryConfiguration(
                                  f ->
                                      f.connectionProviderClass(StubDriver.class)
                                          .jdbcUrl("jdbc:stub:"))));
      return pool(pool::getConnection, pool::close);
    }
  },
  DBCP("Commons DBCP 2.14") {
    @Override
    Pool open(StubSource source, int minimum, int maximum) {
      BasicDataSource pool =
          new BasicDataSource() {
            @Override
            protected org.apache.commons.dbcp2.ConnectionFactory createConnectionFactory() {
              return source::getConnection;
            }
          };
      pool.setMaxTotal(maximum);
      pool.setMaxIdle(maximum);
      pool.setMinIdle(minimum);
      pool.setInitialSize(minimum);
      pool.setTestOnBorrow(false);
      pool.setMaxWait(Duration.ofSeconds(WAIT_SECONDS));
      return pool(pool::getConnection, pool::close);
    }
  },
  TOMCAT("Tomcat 11") {
    @Override
    Pool open(StubSource source, int minimum, int maximum) {
      PoolProperties properties = new PoolProperties();
      properties.setDataSource(source);
      properties.setMaxActive(maximum);
      properties.setMaxIdle(maximum);
      properties.setMinIdle(minimum);
      properties.setInitialSize(minimum);
      properties.setMaxWait(WAIT_SECONDS * 1000);
      DataSource pool = new DataSource(properties);
      return pool(pool::getConnection, pool::close);
    }
  },
  VIBUR("Vibur 26.0") {
    @Override
    Pool open(StubSource source, int minimum, int maximum) {
      ViburDBCPDataSource pool = new ViburDBCPDataSource();
      pool.setExternalDataSource(source);
      pool.setPoolInitialSize(minimum);
      pool.setPoolMaxSize(maximum);
      pool.setConnectionTimeoutInMs(WAIT_SECONDS * 1000L);
      pool.start();
      return pool(pool::getConnection, pool::terminate);
    }
  };

  private static final int WAIT_SECONDS = 60;

  private final String title;

  Rival(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** Where connections are borrowed. */
  interface Pool extends AutoCloseable {
    Connection borrow() throws SQLException;

    @Override
    void close();
  }

  private interface Borrow {
    Connection borrow() throws SQLException;
  }

  private interface End {
    void close() throws SQLException;
  }

  private static Pool pool(Borrow borrow, End end) {
    return new Pool() {
      @Override
      public Connection borrow() throws SQLException {
        return borrow.borrow();
      }

      @Override
      public void close() {
        try {
          end.close();
        } catch (SQLException e) {
          throw new IllegalStateException(e);
        }
      }
    };
  }

  abstract Pool open(StubSource source, int minimum, int maximum) throws SQLException;

  /** The stub as a driver, for a pool that takes no DataSource as an object. */
  public static final class StubDriver implements java.sql.Driver {
    /** Whose connections the next one opens; pools make their drivers themselves. */
    static volatile StubSource next = new StubSource();

    private final StubSource source = next;

    /** For the pool, which makes it. */
    public StubDriver() {}

    @Override
    public Connection connect(String url, Properties info) {
      return source.getConnection();
    }

    @Override
    public boolean acceptsURL(String url) {
      return true;
    }

    @Override
    public java.sql.DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
      return new java.sql.DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
      return 0;
    }

    @Override
    public int getMinorVersion() {
      return 0;
    }

    @Override
    public boolean jdbcCompliant() {
      return false;
    }

    @Override
    public java.util.logging.Logger getParentLogger()
        throws java.sql.SQLFeatureNotSupportedException {
      throw new java.sql.SQLFeatureNotSupportedException("nothing is logged");
    }
  }
}
