package io.bonito.jdbc;

import java.sql.ClientInfoStatus;
import java.sql.SQLClientInfoException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the application says of itself. It is kept for it to read; the server is not told. */
final class ClientInfo {
  private final Properties properties = new Properties();

  void requireOpen(boolean closed, Set<String> names) throws SQLClientInfoException {
    if (closed) {
      Map<String, ClientInfoStatus> failed = new HashMap<>();
      names.forEach(name -> failed.put(name, ClientInfoStatus.REASON_UNKNOWN));
      throw new SQLClientInfoException("the connection is closed", "08003", failed);
    }
  }

  @Nullable String getProperty(String name) {
    return properties.getProperty(name);
  }

  Properties copy() {
    Properties copy = new Properties();
    copy.putAll(properties);
    return copy;
  }

  void set(String name, @Nullable String value) {
    if (value == null) {
      properties.remove(name);
    } else {
      properties.setProperty(name, value);
    }
  }

  void replace(Properties others) {
    properties.clear();
    for (String name : others.stringPropertyNames()) {
      properties.setProperty(name, others.getProperty(name));
    }
  }
}
