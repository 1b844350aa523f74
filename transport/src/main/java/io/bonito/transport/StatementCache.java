package io.bonito.transport;

import io.bonito.protocol.exchange.ServerStatement;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The prepared statements of one connection that were used last. */
final class StatementCache {
  private final int capacity;
  private final Map<String, ServerStatement> statements =
      new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true);

  /**
   * @param capacity at least one is kept, until the next comes
   */
  StatementCache(int capacity) {
    this.capacity = Math.max(1, capacity);
  }

  @Nullable ServerStatement get(String sql) {
    return statements.get(sql);
  }

  /**
   * @return the statement that had to go for it, to be closed on the server
   */
  @Nullable ServerStatement put(String sql, ServerStatement statement) {
    statements.put(sql, statement);
    if (statements.size() <= capacity) {
      return null;
    }
    Iterator<ServerStatement> oldest = statements.values().iterator();
    ServerStatement evicted = oldest.next();
    oldest.remove();
    return evicted;
  }

  void remove(String sql) {
    statements.remove(sql);
  }
}
