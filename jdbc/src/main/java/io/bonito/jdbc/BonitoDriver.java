package io.bonito.jdbc;

import io.bonito.protocol.Version;
import io.bonito.protocol.option.JdbcUrl;
import io.bonito.protocol.option.Option;
import io.bonito.protocol.option.Options;
import java.sql.Connection;
import java.sql.DriverAction;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What the drivers have in common; they differ in the URLs that they take. A class of another name,
 * for configurations that hold that name, extends it and {@linkplain #register registers} itself;
 * it must refuse URLs that another registered driver of ours takes, since DriverManager tries the
 * next one where a login fails.
 */
public abstract class BonitoDriver implements java.sql.Driver {
  protected BonitoDriver() {}

  /** Makes DriverManager ask this driver, behind those it knows already. */
  protected static void register(java.sql.Driver driver) {
    register(driver, () -> {});
  }

  static void register(java.sql.Driver driver, DriverAction whenGone) {
    try {
      DriverManager.registerDriver(driver, whenGone);
    } catch (SQLException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @Override
  public @Nullable Connection connect(String url, Properties properties) throws SQLException {
    if (!acceptsURL(url)) {
      return null;
    }
    return Connector.open(url, properties == null ? new Properties() : properties);
  }

  @Override
  public boolean acceptsURL(String url) throws SQLException {
    if (url == null) {
      throw SqlExceptions.misuse("the URL is null");
    }
    return JdbcUrl.accepts(url);
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
    List<Option<?>> options = Options.all();
    DriverPropertyInfo[] all = new DriverPropertyInfo[options.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = info(options.get(i), properties);
    }
    return all;
  }

  private static <T> DriverPropertyInfo info(Option<T> option, @Nullable Properties properties) {
    String given = properties == null ? null : properties.getProperty(option.name());
    DriverPropertyInfo info = new DriverPropertyInfo(option.name(), given);
    info.description = option.help();
    return info;
  }

  @Override
  public int getMajorVersion() {
    return Version.major();
  }

  @Override
  public int getMinorVersion() {
    return Version.minor();
  }

  /** The servers lack parts of SQL-92's entry level. */
  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw SqlExceptions.notSupported("this driver logs through System.Logger");
  }
}
