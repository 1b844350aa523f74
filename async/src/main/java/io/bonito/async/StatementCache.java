package io.bonito.async;

import io.bonito.protocol.exchange.ServerStatement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The statements that a connection's server holds ready, the least recently used one to go first.
 * Nobody keeps one of them: each use looks here, and so never meets one that has been closed. A
 * statement is bound to the database in which it was prepared.
 */
final class StatementCache {
  private record Key(String schema, String sql) {}

  private final int capacity;
  private final Consumer<ServerStatement> closer;
  private final Map<Key, ServerStatement> statements =
      new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true);

  /**
   * @param capacity 1 or more, as one that is being used has to be somewhere
   * @param closer takes statements that have to go
   */
  StatementCache(int capacity, Consumer<ServerStatement> closer) {
    this.capacity = Math.max(1, capacity);
    this.closer = closer;
  }

  @Nullable ServerStatement get(String schema, String sql) {
    return statements.get(new Key(schema, sql));
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
    statements.remove(new Key(schema, sql));
  }

  /** Forgets all: the server has done so. */
  void clear() {
    statements.clear();
  }
}
