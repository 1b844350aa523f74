package io.bonito.pool.url;

import io.bonito.pool.PooledDataSource;
import io.bonito.pool.argument.ArgumentSources;
import io.bonito.pool.argument.PoolArguments;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/** One pool for each set of connect arguments, made when the first connection is asked for. */
final class KeyedPools implements AutoCloseable {
  private record Kept(PooledDataSource pool, Map<String, String> arguments) {}

  private final Map<PoolKey, Kept> pools = new ConcurrentHashMap<>();

  /**
   * @throws SQLException where an argument is wrong, or no driver takes the inner URL
   */
  PooledDataSource pool(String url, Properties given) throws SQLException {
    try {
      PoolUrl parsed = PoolUrl.parse(url);
      Properties driverProperties = new Properties();
      Map<String, String> arguments = new HashMap<>(parsed.arguments());
      split(given, driverProperties, arguments);
      PoolKey key = new PoolKey(parsed, driverProperties);
      Kept kept = pools.get(key);
      if (kept == null || kept.pool.pool().isClosed()) {
        Driver driver = driver(parsed.driverUrl());
        refuseTypingErrors(driver, parsed, driverProperties);
        kept =
            pools.compute(
                key,
                (same, present) ->
                    present == null || present.pool.pool().isClosed()
                        ? make(driver, parsed.driverUrl(), driverProperties, arguments)
                        : present);
      }
      if (!kept.arguments.equals(arguments)) {
        throw new IllegalArgumentException(
            "there is a pool of these connections already, with other arguments: %s, and not %s"
                .formatted(kept.arguments, arguments));
      }
      return kept.pool;
    } catch (IllegalArgumentException e) {
      throw new SQLException(e.getMessage(), "08001", e);
    }
  }

  private static void split(
      Properties given, Properties driverProperties, Map<String, String> arguments) {
    given.forEach(driverProperties::put);
    for (String name : given.stringPropertyNames()) {
      String value = given.getProperty(name);
      if (!PoolArguments.isName(name)) {
        driverProperties.setProperty(name, value);
        continue;
      }
      driverProperties.remove(name);
      String other = arguments.put(name, value);
      if (other != null && !other.equals(value)) {
        throw new IllegalArgumentException(
            "the URL and the properties say different things of " + name);
      }
    }
  }

  private static Driver driver(String driverUrl) throws SQLException {
    String shown = driverUrl.substring(0, driverUrl.indexOf(':', "jdbc:".length()) + 1);
    if (shown.isEmpty()) {
      throw new IllegalArgumentException(PoolUrl.PREFIX + " is followed by no driver's URL");
    }
    try {
      return DriverManager.getDriver(driverUrl);
    } catch (SQLException e) {
      throw new SQLException("there is no driver for " + shown, "08001", e);
    }
  }

  /** What the driver itself knows is no typing error, however near it is. */
  private static void refuseTypingErrors(Driver driver, PoolUrl url, Properties properties)
      throws SQLException {
    DriverPropertyInfo[] known = driver.getPropertyInfo(url.driverUrl(), properties);
    List<String> names = Arrays.stream(known).map(info -> info.name).toList();
    for (String parameter : url.parameters()) {
      refuseTypingError(PoolUrl.nameOf(parameter), names);
    }
    for (String name : properties.stringPropertyNames()) {
      refuseTypingError(name, names);
    }
  }

  private static void refuseTypingError(String name, List<String> known) {
    PoolArguments.nearest(name)
        .filter(nearest -> known.stream().noneMatch(name::equalsIgnoreCase))
        .ifPresent(
            nearest -> {
              throw new IllegalArgumentException(
                  "%s is no argument of a pool and none of the driver; is it %s?"
                      .formatted(name, nearest));
            });
  }

  private static Kept make(
      Driver driver, String driverUrl, Properties properties, Map<String, String> arguments) {
    PooledDataSource pool =
        PooledDataSource.over(
            new DriverConnector(driver, driverUrl, properties), ArgumentSources.under(arguments));
    OuterPool.warn(pool.pool().settings().name());
    return new Kept(pool, Map.copyOf(arguments));
  }

  /** The pools there are. */
  List<PooledDataSource> all() {
    return pools.values().stream().map(Kept::pool).toList();
  }

  @Override
  public void close() {
    pools.values().forEach(kept -> kept.pool.close());
    pools.clear();
  }
}
