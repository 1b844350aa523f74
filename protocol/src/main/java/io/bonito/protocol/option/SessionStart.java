package io.bonito.protocol.option;

import java.util.ArrayList;
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
 * @param isCertain whether every server takes all of it, so that it may be told together with the
 *     first command
 * @param initial the application's own statements
 */
public record SessionStart(
    Map<String, String> variables,
    String isolation,
    boolean isCertain,
    boolean autocommit,
    List<String> initial) {
  /** The variable that connectionCollation sets. */
  public static final String COLLATION = "collation_connection";

  /** What the options say. */
  public static SessionStart of(ConnectionOptions options, SessionZone zone) {
    Map<String, String> variables = new LinkedHashMap<>();
    if (!zone.told().isEmpty()) {
      variables.put("time_zone", "'" + zone.told() + "'");
    }
    // Only servers with the tables of zones know names: whoever connects has to hear of it.
    boolean certain = zone.told().isEmpty() || zone.isUnderstoodByAll();
    String collation = collation(options.get(SessionStartOptions.CONNECTION_COLLATION));
    if (!collation.isEmpty()) {
      variables.put(COLLATION, collation);
      certain = false;
    }
    Map<String, String> written = options.get(SessionStartOptions.SESSION_VARIABLES);
    variables.putAll(written);
    String isolation = options.get(SessionStartOptions.TRANSACTION_ISOLATION).words();
    boolean autocommit = options.get(SessionStartOptions.AUTOCOMMIT);
    List<String> initial = options.get(SessionStartOptions.INIT_SQL);
    return new SessionStart(
        Collections.unmodifiableMap(variables),
        isolation,
        certain && written.isEmpty() && isolation.isEmpty() && initial.isEmpty() && autocommit,
        autocommit,
        initial);
  }

  /** With a variable more, which every server takes; what the application has written counts. */
  public SessionStart with(String name, String value) {
    if (variables.containsKey(name)) {
      return this;
    }
    Map<String, String> more = new LinkedHashMap<>(variables);
    more.put(name, value);
    return new SessionStart(
        Collections.unmodifiableMap(more), isolation, isCertain, autocommit, initial);
  }

  /** All that is to be told, in order; a session that was begun anew is told the same again. */
  public List<String> statements() {
    List<String> all = new ArrayList<>();
    if (!variables.isEmpty()) {
      all.add(setting());
    }
    if (!isolation.isEmpty()) {
      all.add("SET SESSION TRANSACTION ISOLATION LEVEL " + isolation);
    }
    all.addAll(initial);
    if (!autocommit) {
      all.add("SET autocommit=0");
    }
    return all;
  }

  /** The statement that sets the variables; empty for none. */
  public String setting() {
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
