package io.bonito.pool.jdbc;

import io.bonito.pool.lending.Holder;
import io.bonito.pool.lending.PoolListener;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Writes a pool's events to the log, as SQLAlchemy's {@code echo} does: what is opened, closed and
 * found to be of no use, and, where more is wanted, each loan.
 */
public final class Echo implements PoolListener<Connection> {
  private static final System.Logger LOGGER = System.getLogger("io.bonito.pool");

  private final String pool;
  private final boolean eachLoan;
  private final PoolListener<Connection> next;

  /**
   * @param eachLoan whether loans and returns are written too
   * @param next hears of everything as well; null for nobody
   */
  public Echo(String pool, boolean eachLoan, @Nullable PoolListener<Connection> next) {
    this.pool = pool;
    this.eachLoan = eachLoan;
    this.next = next == null ? new PoolListener<>() {} : next;
  }

  private void say(String what, @Nullable Object connection, @Nullable Throwable reason) {
    String text =
        reason == null
            ? "%s: %s %s".formatted(pool, what, named(connection))
            : "%s: %s %s (%s)".formatted(pool, what, named(connection), reason);
    LOGGER.log(System.Logger.Level.INFO, text);
  }

  /** Drivers' own texts may have a URL in them, with all that stands there. */
  private static String named(@Nullable Object connection) {
    return connection == null
        ? "a connection"
        : connection.getClass().getSimpleName()
            + "@"
            + Integer.toHexString(System.identityHashCode(connection));
  }

  @Override
  public void firstConnect(Connection connection) throws Exception {
    next.firstConnect(connection);
  }

  @Override
  public void connect(Connection connection) throws Exception {
    say("opened", connection, null);
    next.connect(connection);
  }

  @Override
  public void checkout(Connection connection) throws Exception {
    if (eachLoan) {
      say("lent to " + Thread.currentThread().getName(), connection, null);
    }
    next.checkout(connection);
  }

  @Override
  public void reset(Connection connection) {
    next.reset(connection);
  }

  @Override
  public void checkin(@Nullable Connection connection) {
    if (eachLoan && connection != null) {
      say("returned", connection, null);
    }
    next.checkin(connection);
  }

  @Override
  public void invalidate(Connection connection, @Nullable Throwable reason) {
    say("invalidated", connection, reason);
    next.invalidate(connection, reason);
  }

  @Override
  public void softInvalidate(Connection connection, @Nullable Throwable reason) {
    say("to be closed when it comes back", connection, reason);
    next.softInvalidate(connection, reason);
  }

  @Override
  public void close(Connection connection) {
    say("closing", connection, null);
    next.close(connection);
  }

  @Override
  public void detach(Connection connection) {
    say("detached", connection, null);
    next.detach(connection);
  }

  @Override
  public void closeDetached(Connection connection) {
    say("closing the detached", connection, null);
    next.closeDetached(connection);
  }

  @Override
  public void leak(Holder holder) {
    next.leak(holder);
  }
}
