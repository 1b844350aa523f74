package io.bonito.pool.bean;

import io.bonito.pool.PooledDataSource;
import io.bonito.pool.argument.ArgumentSources;
import io.bonito.pool.argument.Arguments;
import io.bonito.pool.jdbc.Connector;
import io.bonito.pool.jdbc.Login;
import io.bonito.pool.jdbc.PoolIdentity;
import io.bonito.pool.url.DriverConnector;
import io.bonito.pool.url.PoolDriver;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A {@link PooledDataSource} for those who make a bean first and tell it by setters what it is,
 * over whatever driver takes the URL.
 *
 * <pre>
 *   spring.datasource.type=io.bonito.pool.bean.PooledDataSourceBean
 * </pre>
 *
 * <p>The pool is made by {@link #open} or by the first connection; from then on the only setters
 * that do anything are those of user and password, which hold for connections opened later: each
 * opening asks {@link #getUsername} and {@link #getPassword}. Arguments that are not given are
 * those of the process, as {@link ArgumentSources} finds them.
 */
public class PooledDataSourceBean implements DataSource, AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, String> arguments = new LinkedHashMap<>();
  private final Properties connectionProperties = new Properties();
  private @Nullable String url;
  private volatile @Nullable String username;
  private volatile @Nullable String password;
  private @Nullable String driverClassName;
  private @Nullable Driver driver;
  private @Nullable DataSource opener;
  private volatile @Nullable PooledDataSource pool;
  private boolean closed;

  /** Knows nothing yet. */
  public PooledDataSourceBean() {}

  // --- what it is told ---

  public @Nullable String getUrl() {
    return url;
  }

  /** The driver's own URL, or one that begins with {@code jdbc:bonito:pool:}. */
  public void setUrl(@Nullable String url) {
    telling("the URL");
    this.url = url;
  }

  public @Nullable String getUsername() {
    return username;
  }

  /** Of the connections that are opened from now on. */
  public void setUsername(@Nullable String username) {
    this.username = username;
  }

  public @Nullable String getPassword() {
    return password;
  }

  /** Of the connections that are opened from now on. */
  public void setPassword(@Nullable String password) {
    this.password = password;
  }

  public @Nullable String getDriverClassName() {
    return driverClassName;
  }

  /** Which of the registered drivers it is; no class is loaded. Without it, the URL tells. */
  public void setDriverClassName(@Nullable String driverClassName) {
    telling("the driver");
    this.driverClassName = driverClassName;
  }

  /** The driver itself, registered or not. */
  public void setDriver(@Nullable Driver driver) {
    telling("the driver");
    this.driver = driver;
  }

  /** What opens connections, where it is no driver with a URL; for the user, if one is told. */
  public void setDataSource(@Nullable DataSource opener) {
    telling("the data source");
    this.opener = opener;
  }

  /** What the driver is told besides user and password. */
  public void setConnectionProperties(Properties properties) {
    telling("a property");
    connectionProperties.putAll(properties);
  }

  /** Which kind of pool it is; the same as the argument {@code pool_class}. */
  public void setPoolClass(String poolClass) {
    setArgument(Arguments.POOL_CLASS.name(), poolClass);
  }

  /** One of {@link Arguments}. */
  public void setArgument(String name, String value) {
    telling(name);
    arguments.put(name, value);
  }

  /** Some of {@link Arguments}. */
  public void setArguments(Map<String, String> arguments) {
    arguments.forEach(this::setArgument);
  }

  public Map<String, String> getArguments() {
    return Map.copyOf(arguments);
  }

  private void telling(String what) {
    if (pool != null) {
      throw new IllegalStateException(what + " is told when the pool is open already");
    }
  }

  // --- the pool ---

  /**
   * The pool; it is made if it is not there yet, and opens no connection unless {@code
   * minimum_idle} says so.
   *
   * @throws SQLException where an argument is wrong, no driver takes the URL, or it is closed
   */
  public final PooledDataSource open() throws SQLException {
    PooledDataSource present = pool;
    if (present != null) {
      return present;
    }
    lock.lock();
    try {
      if (closed) {
        throw new SQLException("the pool is closed", "08003");
      }
      present = pool;
      if (present == null) {
        present = make();
        pool = present;
      }
      return present;
    } catch (IllegalArgumentException e) {
      throw new SQLException(e.getMessage(), "08001", e);
    } finally {
      lock.unlock();
    }
  }

  private PooledDataSource make() throws SQLException {
    DataSource present = opener;
    if (present != null) {
      return PooledDataSource.over(() -> connect(present), ArgumentSources.under(arguments));
    }
    String target = url;
    if (target == null || target.isBlank()) {
      throw new SQLException("no URL is told", "08001");
    }
    if (target.startsWith(PoolDriver.PREFIX)) {
      Properties properties = properties();
      arguments.forEach(properties::setProperty);
      return PoolDriver.pool(target, properties);
    }
    Driver chosen = driver(target);
    return PooledDataSource.over(
        new Opener(chosen, target, null), ArgumentSources.under(arguments));
  }

  /** Looks at each opening who it is for: the password may have changed. */
  private final class Opener implements Connector {
    private final Driver driver;
    private final String target;
    private final @Nullable PoolIdentity identity;

    Opener(Driver driver, String target, @Nullable PoolIdentity identity) {
      this.driver = driver;
      this.target = target;
      this.identity = identity;
    }

    @Override
    public Connection connect() throws SQLException {
      return connector().connect();
    }

    @Override
    public Connection connect(Login login) throws SQLException {
      return connector().connect(login);
    }

    private DriverConnector connector() {
      DriverConnector plain = new DriverConnector(driver, target, properties());
      return identity == null ? plain : plain.introducing(identity);
    }

    @Override
    public Connector introducing(PoolIdentity who) {
      return new Opener(driver, target, who);
    }
  }

  private Driver driver(String target) throws SQLException {
    Driver given = driver;
    if (given != null) {
      return given;
    }
    String name = driverClassName;
    if (name == null) {
      return DriverManager.getDriver(target);
    }
    List<Driver> registered = DriverManager.drivers().toList();
    return registered.stream()
        .filter(each -> each.getClass().getName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new SQLException(
                    "no driver is registered that is a %s; there are %s"
                        .formatted(
                            name, registered.stream().map(d -> d.getClass().getName()).toList()),
                    "08001"));
  }

  private Connection connect(DataSource source) throws SQLException {
    String user = getUsername();
    return user == null ? source.getConnection() : source.getConnection(user, getPassword());
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.putAll(connectionProperties);
    String user = getUsername();
    if (user != null) {
      properties.setProperty("user", user);
    }
    String secret = getPassword();
    if (secret != null) {
      properties.setProperty("password", secret);
    }
    return properties;
  }

  /** The pool if it is open. */
  public final @Nullable PooledDataSource pool() {
    return pool;
  }

  @Override
  public Connection getConnection() throws SQLException {
    PooledDataSource present = pool;
    return (present != null ? present : open()).getConnection();
  }

  @Override
  public Connection getConnection(String user, String secret) throws SQLException {
    return open().getConnection(user, secret);
  }

  /** Lends no more; idle connections are closed, lent ones when they come back. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      PooledDataSource present = pool;
      if (present != null) {
        present.close();
      }
    } finally {
      lock.unlock();
    }
  }

  // --- what a DataSource must say ---

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return type.isInstance(this) ? type.cast(this) : open().unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this) || type.isAssignableFrom(PooledDataSource.class);
  }

  @Override
  @SuppressWarnings("NullAway") // Null means that nothing is written, as java.sql says.
  public PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    throw new SQLFeatureNotSupportedException("events are logged by System.Logger");
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    throw new SQLFeatureNotSupportedException("the argument timeout says how long to wait");
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("messages go to System.Logger, io.bonito.pool");
  }

  @Override
  public String toString() {
    PooledDataSource present = pool;
    return present == null ? "a pool that is not open yet" : present.toString();
  }
}
