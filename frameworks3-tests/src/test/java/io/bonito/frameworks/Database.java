package io.bonito.frameworks;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/** An empty schema, and what a framework is told to reach it. */
record Database(Way way, String schema, String url, String user, String password) {
  String driverClass() {
    return way.driver().getClass().getName();
  }

  /** The same by a prefix that any tool knows; the driver then has to be named. */
  String standardUrl() {
    return url.replaceFirst("^jdbc:bonito:", "jdbc:");
  }

  boolean isMariaDb() {
    return way.isMariaDb();
  }

  /** Asks this way's driver and no other, whatever the URL looks like. */
  Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    return way.driver().connect(url, properties);
  }
}
