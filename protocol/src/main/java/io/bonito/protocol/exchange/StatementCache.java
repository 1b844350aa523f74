package io.bonito.protocol.exchange;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The statements that a connection's server holds ready, the least recently used one to go first.
 *
 * <p>How many there are is the least of what the options allow, a share of what the server holds
 * for all connections together, and, once it had no room for one more, half of what there was then.
 *
 * <p>A statement is bound to the database in which it was prepared, so that belongs to its key.
 * Nobody keeps one of these: whoever executes looks here each time, and so never meets one that has
 * been closed. Used by one at a time, but for what says otherwise.
 */
public final class StatementCache {
  /** So many connections that keep as much as they may leave room on a server. */
  private static final int SHARES = 64;

  /** How many statements go as text after one that found no room, before another one is tried. */
  private static final int PAUSE = 100;

  private final LongSupplier serverHolds;
  private final Consumer<ServerStatement> closer;
  private final Map<Key, ServerStatement> statements;
  private final Key probe = new Key("", "");
  private final AtomicInteger pause = new AtomicInteger();
  private int capacity;

  /**
   * @param capacity 1 or more, as one that is being used has to be somewhere
   * @param serverHolds for all connections together; 0 where that is not known, or not yet
   * @param closer takes statements that have to go
   */
  public StatementCache(int capacity, LongSupplier serverHolds, Consumer<ServerStatement> closer) {
    this.capacity = Math.max(1, capacity);
    this.serverHolds = serverHolds;
    this.closer = closer;
    this.statements = new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true);
  }

  public @Nullable ServerStatement get(String schema, String sql) {
    probe.set(schema, sql);
    return statements.get(probe);
  }

  public void put(String schema, ServerStatement statement) {
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
   * Gives up half of the statements, as the server had no room for another: what is closed goes
   * with the next write, ahead of what is prepared next. There are not to be more from now on.
   *
   * @return false where there was none, and none should be prepared for a while
   */
  public boolean makeRoom() {
    if (statements.isEmpty()) {
      pause.set(PAUSE);
      return false;
    }
    int half = statements.size() / 2;
    capacity = Math.max(1, half);
    shrink(half);
    return true;
  }

  /**
   * Whether a new statement should go as text without asking the server, which has just been full
   * of others' statements. From any thread.
   */
  public boolean pauses() {
    return pause.get() > 0 && pause.decrementAndGet() >= 0;
  }

  /** Forgets a statement that the server does not know any more. */
  public void remove(String schema, String sql) {
    probe.set(schema, sql);
    statements.remove(probe);
  }

  /** Forgets all: the server has done so. */
  public void clear() {
    statements.clear();
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
