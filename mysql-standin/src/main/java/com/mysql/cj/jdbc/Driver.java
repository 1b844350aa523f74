package com.mysql.cj.jdbc;

import io.bonito.jdbc.BonitoDriver;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Bonito under the name by which configurations ask for MySQL Connector/J; not that driver. It
 * takes {@code jdbc:mysql:} URLs, as that one does.
 *
 * <p>Where the real driver is there too nobody can say which of the two a program gets, so then
 * nothing is opened: {@link #connect} says what to remove.
 */
public class Driver extends BonitoDriver {
  private static final String PREFIX = "jdbc:mysql:";

  static {
    register(new Driver());
  }

  /** For frameworks; applications need no driver object. */
  public Driver() {}

  @Override
  public boolean acceptsURL(String url) throws SQLException {
    return super.acceptsURL(url) && url.startsWith(PREFIX);
  }

  @Override
  public @Nullable Connection connect(String url, Properties properties) throws SQLException {
    if (acceptsURL(url)) {
      RealDriver.requireAbsent();
    }
    return super.connect(url, properties);
  }
}
