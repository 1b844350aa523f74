package io.bonito.hibernate;

import io.bonito.pool.bean.PooledDataSourceBean;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.hibernate.HibernateException;
import org.hibernate.boot.registry.classloading.spi.ClassLoaderService;
import org.hibernate.engine.jdbc.connections.spi.ConnectionProvider;
import org.hibernate.service.UnknownUnwrapTypeException;
import org.hibernate.service.spi.Configurable;
import org.hibernate.service.spi.ServiceRegistryAwareService;
import org.hibernate.service.spi.ServiceRegistryImplementor;
import org.hibernate.service.spi.Stoppable;
import org.jspecify.annotations.Nullable;

/**
 * A pool that Hibernate makes and closes.
 *
 * <pre>
 *   hibernate.connection.provider_class = bonito
 *   hibernate.connection.url, username, password, driver_class, isolation, autocommit, pool_size
 *   hibernate.connection.…               any other: a property of the driver
 *   hibernate.bonito.pool_class, hibernate.bonito.pool_size, …    arguments of the pool
 * </pre>
 */
public final class PooledConnectionProvider
    implements ConnectionProvider, Configurable, ServiceRegistryAwareService, Stoppable {
  private static final long serialVersionUID = 1;

  private static final String CONNECTION = "hibernate.connection.";
  private static final String ARGUMENTS = "hibernate.bonito.";

  /** What Hibernate says to itself, and no driver. */
  private static final Set<String> OF_HIBERNATE =
      Set.of(
          "provider_class",
          "provider_disables_autocommit",
          "handling_mode",
          "release_mode",
          "datasource",
          "CharSet",
          "characterEncoding",
          "useUnicode");

  private final transient PooledDataSourceBean pool = new PooledDataSourceBean();
  private transient @Nullable ClassLoaderService classes;

  /** Made by Hibernate. */
  public PooledConnectionProvider() {}

  @Override
  public void injectServices(ServiceRegistryImplementor registry) {
    classes = registry.getService(ClassLoaderService.class);
  }

  /**
   * @throws HibernateException where an argument is wrong or no driver takes the URL
   */
  @Override
  public void configure(Map<String, Object> settings) {
    Properties driverProperties = new Properties();
    settings.forEach(
        (name, value) -> {
          if (name.startsWith(ARGUMENTS)) {
            pool.setArgument(name.substring(ARGUMENTS.length()), String.valueOf(value));
          } else if (name.startsWith(CONNECTION) && value != null) {
            connection(name.substring(CONNECTION.length()), value.toString(), driverProperties);
          }
        });
    pool.setConnectionProperties(driverProperties);
    try {
      pool.open();
    } catch (SQLException e) {
      throw new HibernateException(e.getMessage(), e);
    }
  }

  private void connection(String name, String value, Properties driverProperties) {
    switch (name) {
      case "url" -> pool.setUrl(value);
      case "username", "user" -> pool.setUsername(value);
      case "password" -> pool.setPassword(value);
      case "driver_class" -> pool.setDriver(driver(value));
      case "isolation" -> pool.setArgument("isolation", isolation(value));
      case "autocommit" -> pool.setArgument("auto_commit", value);
      case "pool_size" -> pool.setArgument("maximum_pool_size", value);
      default -> {
        if (!OF_HIBERNATE.contains(name)) {
          driverProperties.setProperty(name, value);
        }
      }
    }
  }

  private Driver driver(String className) {
    ClassLoaderService present = classes;
    if (present == null) {
      throw new HibernateException("a driver's class is told where none can be loaded");
    }
    try {
      Class<Driver> type = present.classForName(className);
      return type.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new HibernateException(className + " is no driver", e);
    }
  }

  private static String isolation(String value) {
    return switch (value) {
      case "1" -> "read_uncommitted";
      case "2" -> "read_committed";
      case "4" -> "repeatable_read";
      case "8" -> "serializable";
      default -> value.replace("TRANSACTION_", "");
    };
  }

  @Override
  public Connection getConnection() throws SQLException {
    return pool.getConnection();
  }

  @Override
  public void closeConnection(Connection connection) throws SQLException {
    connection.close();
  }

  /** A loan costs less than Hibernate's own care for having fewer of them. */
  @Override
  public boolean supportsAggressiveRelease() {
    return true;
  }

  @Override
  public boolean isUnwrappableAs(Class<?> type) {
    return type.isInstance(this) || type.isAssignableFrom(PooledDataSourceBean.class);
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    if (type.isInstance(pool)) {
      return type.cast(pool);
    }
    throw new UnknownUnwrapTypeException(type);
  }

  @Override
  public void stop() {
    pool.close();
  }
}
