package io.bonito.pool.url;

import io.bonito.pool.jdbc.Connector;
import io.bonito.pool.jdbc.Login;
import io.bonito.pool.jdbc.PoolIdentity;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Opens connections by a driver, a URL and properties. To servers of MySQL and MariaDB it tells who
 * connects, by the option {@code connectionAttributes} that the three drivers for them have. What
 * somebody has written there stays as it is; other drivers are given what they would be given.
 */
public final class DriverConnector implements Connector {
  private static final String OPTION = "connectionAttributes";
  private static final List<String> SCHEMES =
      List.of("jdbc:mysql:", "jdbc:mysql+srv:", "jdbc:mariadb:", "jdbc:bonito:");

  private final Driver driver;
  private final String url;
  private final Properties properties;

  /**
   * @param url the driver's own
   * @param properties copied; objects that are no texts are kept
   */
  public DriverConnector(Driver driver, String url, Properties properties) {
    this.driver = driver;
    this.url = url;
    this.properties = copy(properties);
  }

  @Override
  public Connection connect() throws SQLException {
    // A driver may write into what it is given.
    return connect(copy(properties));
  }

  @Override
  public Connection connect(Login login) throws SQLException {
    Properties theirs = copy(properties);
    theirs.setProperty("user", login.user());
    theirs.setProperty("password", login.password());
    return connect(theirs);
  }

  private Connection connect(Properties own) throws SQLException {
    Connection connection = driver.connect(url, own);
    if (connection == null) {
      throw new SQLException(
          driver.getClass().getName() + " took the URL and gave no connection", "08001");
    }
    return connection;
  }

  @Override
  public DriverConnector introducing(PoolIdentity identity) {
    if (SCHEMES.stream().noneMatch(url::startsWith)) {
      return this;
    }
    int mark = url.lastIndexOf('?');
    String parameters = mark < 0 ? "" : url.substring(mark + 1);
    String address = mark < 0 ? url : url.substring(0, mark);
    if (address.contains(OPTION)) {
      return this; // said of one host among several
    }
    Map<String, String> attributes = identity.attributes();
    Properties more = copy(properties);
    boolean written = false;
    for (String name : properties.stringPropertyNames()) {
      if (name.equalsIgnoreCase(OPTION)) {
        more.setProperty(name, added(properties.getProperty(name), attributes));
        written = true;
      }
    }
    List<String> parts = new ArrayList<>();
    for (String part : parameters.split("&", -1)) {
      boolean isOption = part.regionMatches(true, 0, OPTION + "=", 0, OPTION.length() + 1);
      parts.add(isOption ? added(part, attributes) : part);
      written |= isOption;
    }
    if (!written) {
      more.setProperty(OPTION, added("", attributes));
    }
    return new DriverConnector(
        driver, mark < 0 ? url : address + '?' + String.join("&", parts), more);
  }

  /**
   * What is written, and what is not said there yet.
   *
   * @param written {@code key:value,key:value}, perhaps behind the option's name; {@code none}
   *     forbids attributes
   */
  private static String added(String written, Map<String, String> attributes) {
    String values = written.substring(written.indexOf('=') + 1);
    if (values.trim().equalsIgnoreCase("none")) {
      return written;
    }
    StringBuilder text = new StringBuilder(written);
    boolean first = values.isBlank();
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      String key = attribute.getKey() + ":";
      if (List.of(values.split(",", -1)).stream().noneMatch(each -> each.trim().startsWith(key))) {
        text.append(first ? "" : ",").append(key).append(attribute.getValue());
        first = false;
      }
    }
    return text.toString();
  }

  private static Properties copy(Properties properties) {
    Properties copy = new Properties();
    properties.stringPropertyNames().forEach(n -> copy.setProperty(n, properties.getProperty(n)));
    copy.putAll(properties);
    return copy;
  }

  /** Names the driver, and no URL: a password may stand in it. */
  @Override
  public String toString() {
    return "connections of " + driver.getClass().getName();
  }
}
