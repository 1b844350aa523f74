package io.bonito.demo;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;

/**
 * A driver, and how it is asked to connect.
 *
 * @param streamingFetchSize what makes it hand out rows as they arrive
 */
record Contender(String name, Driver driver, String url, int streamingFetchSize) {

  /**
   * All three on one server, with their defaults, but none with TLS on this machine.
   *
   * @param url jdbc:mysql://… or jdbc:mariadb://…
   * @throws IllegalArgumentException for any other, with a sentence for the user
   */
  static List<Contender> all(String url) throws SQLException {
    String rest = afterScheme(url);
    return List.of(
        new Contender(
            "Bonito",
            new io.bonito.jdbc.Driver(),
            with("jdbc:bonito://" + rest, "sslMode=disable", url),
            1000),
        new Contender(
            "MariaDB Connector/J 4.0",
            new org.mariadb.jdbc.Driver(),
            with("jdbc:mariadb://" + rest, "sslMode=disable&allowPublicKeyRetrieval=true", url),
            1000),
        new Contender(
            "MySQL Connector/J 26.10",
            new com.mysql.cj.jdbc.Driver(),
            with("jdbc:mysql://" + rest, "sslMode=DISABLED&allowPublicKeyRetrieval=true", url),
            Integer.MIN_VALUE));
  }

  private static String afterScheme(String url) {
    for (String scheme :
        List.of(
            "jdbc:mysql://",
            "jdbc:mariadb://",
            "jdbc:bonito:mysql://",
            "jdbc:bonito:mariadb://",
            "jdbc:bonito://")) {
      if (url.startsWith(scheme)) {
        return url.substring(scheme.length());
      }
    }
    throw new IllegalArgumentException(
        "The URL must begin with jdbc:mysql:// or jdbc:mariadb://, and this one does not.");
  }

  /** Adds options, unless the user has chosen about TLS. */
  private static String with(String url, String options, String asked) {
    if (asked.contains("sslMode") || asked.contains("useSSL")) {
      return url;
    }
    return url + (url.contains("?") ? "&" : "?") + options;
  }

  Connection connect() throws SQLException {
    Connection connection = driver.connect(url, new Properties());
    if (connection == null) {
      throw new IllegalArgumentException(name + " does not take the URL.");
    }
    return connection;
  }
}
