package io.bonito.pool.echo;

import io.bonito.pool.lending.CloseReason;
import io.bonito.pool.lending.PoolListener;
import io.bonito.pool.lending.PoolObserver;
import java.lang.System.Logger.Level;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * SQLAlchemy's {@code echo}: {@code true} tells what is opened and closed and why, {@code debug}
 * each loan and each return too. Whoever asks for it wants to see it, so that all of it is INFO.
 */
public final class Echo implements PoolObserver {
  private static final System.Logger LOGGER = System.getLogger("io.bonito.pool.echo");

  private Echo() {}

  /**
   * Tells what is opened and closed.
   *
   * @param echo false, true or debug
   */
  public static PoolObserver observer(String echo) {
    return echo.equals("false") ? NONE : new Echo();
  }

  /**
   * Tells each loan, where that is asked for.
   *
   * @param to who hears of them too; null for nobody
   */
  public static <T> @Nullable PoolListener<T> listener(
      String echo, String pool, @Nullable PoolListener<T> to) {
    return echo.equals("debug") ? new EchoedLoans<>(pool, to) : to;
  }

  static void say(String pool, String text) {
    LOGGER.log(Level.INFO, () -> pool + ": " + text);
  }

  @Override
  public void opened(@Nullable Object begun, String pool, long nanos, @Nullable Throwable failure) {
    String took = "%.3f s".formatted(nanos / 1e9);
    say(
        pool,
        failure == null
            ? "opened a connection in " + took
            : "opening a connection failed after " + took + ": " + failure);
  }

  @Override
  public void closed(@Nullable Object begun, String pool, CloseReason reason, long ageNanos) {
    say(
        pool,
        "closed a connection, %.1f s old: %s"
            .formatted(ageNanos / 1e9, reason.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
  }

  @Override
  public void poolClosed(String pool) {
    say(pool, "closed");
  }
}
