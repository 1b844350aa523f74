package io.bonito.jdbc;

import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.QueryExchange;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.bonito.transport.Admission;
import io.bonito.transport.BlockingTransport;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The connection over which the commands of all connections with the same login are killed, one
 * after the other.
 *
 * <pre>
 *   kill ──free within a moment──▶ connect, where it is not connected
 *     │                            proof ──shown──▶ KILL QUERY
 *     │                              └──not shown, and kept from before──▶ once more on a new one
 *     └──not free──▶ a connection of its own
 * </pre>
 *
 * <p>It is kept for some seconds after its use, though not where somebody counts this process's
 * connections, as it would take the place of one that is needed; and no longer than the last one of
 * those who have used it. Nobody waits for it for long: MariaDB may take two seconds to answer a
 * kill, and what stands behind it would be given up.
 */
final class SideConnection {
  /** A command to be killed. */
  interface Kill {
    /** What to ask: one row of one column, or none. */
    String proof();

    /**
     * Whether the answer shows the command's own connection.
     *
     * @param host null where there was no row
     */
    boolean isShownBy(@Nullable String host);

    /** The same, for good; whether {@link #command} is to be sent now. */
    boolean prove(@Nullable String host);

    String command();

    void killed();

    /** Nothing more will be done about it; not heard where it has been decided. */
    void failed();
  }

  /** The least time for it to connect, where the options allow less or none. */
  static final Duration CONNECT_TIME = Duration.ofSeconds(5);

  static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Time for some dozens of kills ahead; whoever waits longer stands behind one that hangs. */
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final Map<ConnectionOptions, SideConnection> OF_LOGINS = new ConcurrentHashMap<>();

  private final ConnectionOptions login;
  private final ReentrantLock lock = new ReentrantLock(/* fair= */ true);

  /** Who may come again; changed within the map's own lock only. */
  private final Set<Object> users = new HashSet<>();

  /** True once it is in the map no more: from then on it is not kept. */
  private volatile boolean left;

  // Under the lock.

  private @Nullable BlockingTransport transport;
  private @Nullable Future<?> closing;

  private SideConnection(ConnectionOptions login) {
    this.login = login;
  }

  /**
   * The one of this login.
   *
   * @param user has to {@link #leave} it
   */
  static SideConnection of(ConnectionOptions options, Object user) {
    ConnectionOptions login =
        options.toBuilder()
            .set(Options.CONNECT_TIMEOUT, CONNECT_TIME)
            .set(Options.DATABASE, "")
            .build();
    return OF_LOGINS.compute(
        login,
        (key, known) -> {
          SideConnection side = known != null ? known : new SideConnection(login);
          side.users.add(user);
          return side;
        });
  }

  /** A user has closed; with the last one this closes. */
  void leave(Object user) {
    OF_LOGINS.computeIfPresent(
        login,
        (key, side) -> {
          if (side != this) {
            return side;
          }
          users.remove(user);
          left = users.isEmpty();
          return left ? null : this;
        });
    closeIfLeft();
  }

  /** Nobody has come for a while. Those who have used it may have been lost without a word. */
  private void rested() {
    OF_LOGINS.remove(login, this);
    left = true;
    closeIfLeft();
  }

  private void closeIfLeft() {
    // Where another thread has the lock, it looks once more when it has given it back.
    if (left && lock.tryLock()) {
      try {
        shut();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Has a command killed; returns when it is decided what becomes of it. */
  void kill(Kill kill) {
    try {
      if (isFree()) {
        try {
          shared(kill);
        } finally {
          keepOrShut();
          lock.unlock();
        }
      } else {
        try (BlockingTransport own = open()) {
          proceed(own, ask(own, kill.proof()), kill);
        }
      }
    } catch (ConnectionException | RuntimeException e) {
      // Told below: whatever kept the kill from being sent or answered.
    } finally {
      kill.failed();
      closeIfLeft();
    }
  }

  /** Locks, unless it is in use for longer than a moment. */
  private boolean isFree() {
    try {
      return lock.tryLock(PATIENCE_NANOS, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void shared(Kill kill) throws ConnectionException {
    stopClosing();
    BlockingTransport used = transport;
    String host = used == null ? null : askedKept(used, kill.proof());
    if (used == null || !kill.isShownBy(host)) {
      // Where there was one it is broken, or leads to another server than a new one by now.
      shut();
      used = open();
      transport = used;
      host = ask(used, kill.proof());
    }
    proceed(used, host, kill);
  }

  private static @Nullable String askedKept(BlockingTransport kept, String proof) {
    try {
      return ask(kept, proof);
    } catch (ConnectionException e) {
      return null;
    }
  }

  private static void proceed(BlockingTransport open, @Nullable String host, Kill kill)
      throws ConnectionException {
    if (kill.prove(host)) {
      ask(open, kill.command());
      kill.killed();
    }
  }

  private static @Nullable String ask(BlockingTransport open, String sql)
      throws ConnectionException {
    QueryExchange exchange = open.session().query(sql);
    exchange.deadline(System.nanoTime() + ANSWER_NANOS);
    String value = null;
    for (Event event = open.next(); event != Event.DONE; event = open.next()) {
      if (event == Event.FAILED) {
        throw ConnectionException.rejected("the server", exchange.error());
      }
      if (event == Event.ROW) {
        value = exchange.row().getString(0);
      }
    }
    return value;
  }

  private BlockingTransport open() throws ConnectionException {
    return BlockingTransport.open(login, Admission.Purpose.SIDE);
  }

  private void keepOrShut() {
    BlockingTransport used = transport;
    if (used == null || !used.isOpen() || used.isCounted()) {
      shut();
    } else {
      closing = QueryTimer.after(KEPT_NANOS, this::rested);
    }
  }

  private void stopClosing() {
    Future<?> planned = closing;
    closing = null;
    if (planned != null) {
      planned.cancel(false);
    }
  }

  private void shut() {
    stopClosing();
    BlockingTransport open = transport;
    transport = null;
    if (open != null) {
      open.close();
    }
  }
}
