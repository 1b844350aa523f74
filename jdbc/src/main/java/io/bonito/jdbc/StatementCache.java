package io.bonito.jdbc;

import io.bonito.protocol.exchange.ServerStatement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The statements that a connection's server holds ready, the least recently used one to go first.
 *
 * <p>A statement is bound to the database in which it was prepared, so that belongs to its key.
 * Prepared statements of JDBC keep none of these: they look here each time, and so never meet one
 * that has been closed. Used under the link's lock.
 */
final class StatementCache {
  private final int capacity;
  private final Consumer<ServerStatement> closer;
  private final Map<Key, ServerStatement> statements;
  private final Key probe = new Key("", "");

  /**
   * @param closer takes statements that have to go
   */
  StatementCache(int capacity, Consumer<ServerStatement> closer) {
    this.capacity = capacity;
    this.closer = closer;
    this.statements = new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true);
  }

  int capacity() {
    return capacity;
  }

  @Nullable ServerStatement get(String schema, String sql) {
    probe.set(schema, sql);
    return statements.get(probe);
  }

  void put(String schema, ServerStatement statement) {
    ServerStatement before = statements.put(new Key(schema, statement.sql()), statement);
    if (before != null) {
      closer.accept(before);
    }
    if (statements.size() > capacity) {
      Map.Entry<Key, ServerStatement> eldest = statements.entrySet().iterator().next();
      statements.remove(eldest.getKey());
      closer.accept(eldest.getValue());
    }
  }

  /** Forgets a statement that the server does not know any more. */
  void remove(String schema, String sql) {
    probe.set(schema, sql);
    statements.remove(probe);
  }

  /** Changes only as the probe, which is in no map. */
  private static final class Key {
    private String schema;
    private String sql;

    Key(String schema, String sql) {
      this.schema = schema;
      this.sql = sql;
    }

    void set(String otherSchema, String otherSql) {
      schema = otherSchema;
      sql = otherSql;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key && sql.equals(key.sql) && schema.equals(key.schema);
    }

    @Override
    public int hashCode() {
      return Objects.hashCode(sql) * 31 + schema.hashCode();
    }
  }
}
