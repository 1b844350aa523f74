package io.bonito.jdbc;

import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.SessionOptions;
import io.bonito.protocol.option.SessionZone;
import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a session is told after its login.
 *
 * @param variables names and the expressions that they are set to
 * @param isolation in the servers' words; empty to leave it alone
 * @param isCertain whether every server takes the variables, so that they may be told together with
 *     the first command
 */
record SessionStart(
    Map<String, String> variables,
    String isolation,
    boolean isCertain,
    boolean autocommit,
    List<String> statements) {
  static final String COLLATION = "collation_connection";

  static SessionStart of(ConnectionOptions options, SessionZone zone) {
    Map<String, String> variables = new LinkedHashMap<>();
    if (!zone.told().isEmpty()) {
      variables.put("time_zone", "'" + zone.told() + "'");
    }
    // Only servers with the tables of zones know names: whoever connects has to hear of it.
    boolean certain = zone.told().isEmpty() || zone.isUnderstoodByAll();
    String collation = collation(options.get(SessionOptions.CONNECTION_COLLATION));
    if (!collation.isEmpty()) {
      variables.put(COLLATION, collation);
      certain = false;
    }
    int patience = options.get(SessionOptions.NET_TIMEOUT_FOR_STREAMING_RESULTS);
    if (patience > 0) {
      variables.put("net_write_timeout", String.valueOf(patience));
    }
    Map<String, String> written = options.get(SessionOptions.SESSION_VARIABLES);
    variables.putAll(written);
    return new SessionStart(
        Collections.unmodifiableMap(variables),
        options.get(SessionOptions.TRANSACTION_ISOLATION).words(),
        certain && written.isEmpty(),
        options.get(SessionOptions.AUTOCOMMIT),
        options.get(SessionOptions.INIT_SQL));
  }

  /** Tells a session all of it, or has the first command do so. */
  void tell(Link link) throws SQLException {
    String set = statement();
    if (!set.isEmpty() && isCertain) {
      link.setup().tell(set);
    } else if (!set.isEmpty()) {
      link.run(set);
    }
    if (!isolation.isEmpty()) {
      link.run(Restoration.isolationCommand(isolation));
    }
    for (String sql : statements) {
      link.run(sql);
    }
    if (!autocommit) {
      link.autocommit().leave(false);
    }
  }

  private String statement() {
    StringBuilder sql = new StringBuilder();
    variables.forEach(
        (name, value) ->
            sql.append(sql.isEmpty() ? "SET " : ", ")
                .append(name.startsWith("@") ? "" : "SESSION ")
                .append(name)
                .append(" = ")
                .append(value));
    return sql.toString();
  }

  /** The one of utf8mb4 that is meant; empty where it is one of another charset. */
  private static String collation(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (String former : List.of("utf8_", "utf8mb3_")) {
      if (lower.startsWith(former)) {
        return "utf8mb4_" + lower.substring(former.length());
      }
    }
    return lower.startsWith("utf8mb4_") || lower.startsWith("uca1400_") ? lower : "";
  }
}
