package io.bonito.protocol.sql;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The templates that were used last, each made once. It belongs to one connection and is used by
 * one thread at a time.
 */
public final class SqlTemplateCache {
  /** Longer texts are scanned anew: they are seldom the same twice. */
  private static final int LONGEST_SQL = 1 << 16;

  private final Map<String, SqlTemplate> templates;

  /**
   * @param capacity how many templates are kept; 0 keeps none
   */
  public SqlTemplateCache(int capacity) {
    this.templates = new LeastRecentlyUsed(capacity);
  }

  public SqlTemplate get(String sql, SqlRules rules) {
    SqlTemplate template = templates.get(sql);
    if (template != null && template.rules().equals(rules)) {
      return template;
    }
    template = SqlTemplate.of(sql, rules);
    if (sql.length() <= LONGEST_SQL) {
      templates.put(sql, template);
    }
    return template;
  }

  private static final class LeastRecentlyUsed extends LinkedHashMap<String, SqlTemplate> {
    private static final long serialVersionUID = 1L;

    private final int capacity;

    LeastRecentlyUsed(int capacity) {
      super(16, 0.75f, /* accessOrder= */ true);
      this.capacity = capacity;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, SqlTemplate> eldest) {
      return size() > capacity;
    }
  }
}
