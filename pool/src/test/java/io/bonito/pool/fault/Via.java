package io.bonito.pool.fault;

import io.bonito.pool.jdbc.Connector;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;

/** The drivers that a pool may stand on. */
enum Via {
  BONITO("jdbc:bonito:mysql:", "", new io.bonito.jdbc.AutoDriver()),
  CONNECTOR_J("jdbc:mysql:", "?allowPublicKeyRetrieval=true&sslMode=DISABLED", connectorJ()),
  MARIADB(
      "jdbc:mariadb:",
      "?allowPublicKeyRetrieval=true&sslMode=disable",
      new org.mariadb.jdbc.Driver());

  private final String scheme;
  private final String options;
  private final Driver driver;

  Via(String scheme, String options, Driver driver) {
    this.scheme = scheme;
    this.options = options;
    this.driver = driver;
  }

  private static Driver connectorJ() {
    try {
      return new com.mysql.cj.jdbc.Driver();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  Connector to(String host, int port, String user, String password) {
    String url = scheme + "//" + host + ":" + port + "/" + options;
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    return () -> driver.connect(url, properties);
  }
}
