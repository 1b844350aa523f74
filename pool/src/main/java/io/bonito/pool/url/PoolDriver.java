package io.bonito.pool.url;

import io.bonito.pool.PooledDataSource;
import io.bonito.pool.argument.Argument;
import io.bonito.pool.argument.Arguments;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Pooled connections of any driver by a URL alone.
 *
 * <pre>
 *   jdbc:bonito:pool:mysql://db/shop?poolClass=QueuePool&amp;pool_size=10&amp;user=app
 * </pre>
 *
 * <p>Connections with the same arguments come from one pool, whatever their order. Deregistering
 * the driver, as a container does with an application's, closes its pools.
 */
public final class PoolDriver implements Driver {
  /** What its URLs begin with. */
  public static final String PREFIX = PoolUrl.PREFIX;

  private static final KeyedPools POOLS = new KeyedPools();

  static {
    try {
      DriverManager.registerDriver(new PoolDriver(), POOLS::close);
    } catch (SQLException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** For {@code DriverManager}. */
  public PoolDriver() {}

  @Override
  public boolean acceptsURL(String url) {
    return url.startsWith(PoolUrl.PREFIX);
  }

  @Override
  public @Nullable Connection connect(String url, @Nullable Properties properties)
      throws SQLException {
    return acceptsURL(url) ? pool(url, properties).getConnection() : null;
  }

  /**
   * The pool that such connections come from; it is made if there is none yet.
   *
   * @throws SQLException where an argument is wrong, or no driver takes the inner URL
   */
  public static PooledDataSource pool(String url, @Nullable Properties properties)
      throws SQLException {
    return POOLS.pool(url, properties == null ? new Properties() : properties);
  }

  /** All pools that URLs have asked for. */
  public static List<PooledDataSource> pools() {
    return POOLS.all();
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
    List<Argument<?>> arguments = Arguments.all();
    DriverPropertyInfo[] all = new DriverPropertyInfo[arguments.size()];
    for (int i = 0; i < all.length; i++) {
      Argument<?> argument = arguments.get(i);
      all[i] = new DriverPropertyInfo(argument.name(), String.valueOf(argument.defaultValue()));
      all[i].description = argument.help();
    }
    return all;
  }

  @Override
  public int getMajorVersion() {
    return 0;
  }

  @Override
  public int getMinorVersion() {
    return 1;
  }

  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("messages go to System.Logger, io.bonito.pool");
  }
}
