package io.bonito.async;

import io.bonito.protocol.exchange.ServerStatement;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The statements that a connection's server holds ready, the least recently used one to go first.
 * Nobody keeps one of them: each use looks here, and so never meets one that has been closed. A
 * statement is bound to the database in which it was prepared.
 *
 * <p>How many there are is the least of what the options allow, a share of what the server holds
 * for all connections together, and, once it had no room for one more, half of what there was then.
 */
final class StatementCache {
  private record Key(String schema, String sql) {}

  /** So many connections that keep as much as they may leave room on a server. */
  private static final int SHARES = 64;

  private final LongSupplier serverHolds;
  private final Consumer<ServerStatement> closer;
  private final Map<Key, ServerStatement> statements =
      new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true);
  private int capacity;

  /**
   * @param capacity 1 or more, as one that is being used has to be somewhere
   * @param serverHolds for all connections together; 0 where that is not known, or not yet
   * @param closer takes statements that have to go
   */
  StatementCache(int capacity, LongSupplier serverHolds, Consumer<ServerStatement> closer) {
    this.capacity = Math.max(1, capacity);
    this.serverHolds = serverHolds;
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
    long held = serverHolds.getAsLong();
    shrink(held == 0 ? capacity : (int) Math.min(capacity, Math.max(1, held / SHARES)));
  }

  private void shrink(int size) {
    Iterator<ServerStatement> eldest = statements.values().iterator();
    while (statements.size() > size) {
      closer.accept(eldest.next());
      eldest.remove();
    }
  }

  /**
   * Gives up half of the statements, as the server had no room for another. There are not to be
   * more from now on.
   *
   * @return false where there was none
   */
  boolean makeRoom() {
    if (statements.isEmpty()) {
      return false;
    }
    int half = statements.size() / 2;
    capacity = Math.max(1, half);
    shrink(half);
    return true;
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
