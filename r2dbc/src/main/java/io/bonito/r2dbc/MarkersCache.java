package io.bonito.r2dbc;

import io.bonito.protocol.sql.SqlRules;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The markers of the texts that one connection was given: libraries make a new statement of the
 * same text for each execution. From any thread, since publishers may be assembled on any.
 */
final class MarkersCache {
  /** Past this many all are forgotten: texts that are never the same twice gain nothing here. */
  private static final int CAPACITY = 256;

  /** Longer texts are scanned anew: they are seldom the same twice. */
  private static final int LONGEST_SQL = 1 << 16;

  private final Map<String, Markers> known = new ConcurrentHashMap<>();

  /**
   * @param rules the same ones each time
   * @throws IllegalArgumentException where markers are of two kinds
   */
  Markers get(String sql, SqlRules rules) {
    Markers markers = known.get(sql);
    if (markers == null) {
      markers = Markers.of(sql, rules);
      if (sql.length() <= LONGEST_SQL) {
        if (known.size() >= CAPACITY) {
          known.clear();
        }
        known.put(sql, markers);
      }
    }
    return markers;
  }
}
