package io.bonito.pool.kind;

import io.bonito.pool.lending.PoolStatus;
import io.bonito.pool.lending.Settings;

/**
 * Up to {@code pool_size} that stay and {@code max_overflow} that do not; who comes first waits
 * least.
 */
public final class QueuePool<T> extends Pool<T> {
  QueuePool(Parts<T> parts) {
    super(parts);
  }

  @Override
  public QueuePool<T> recreate() {
    return new QueuePool<>(parts());
  }

  @Override
  public String statusLine() {
    PoolStatus status = status();
    int keep = settings().keep();
    int out = status.used();
    // SQLAlchemy counts from -pool_size upwards; 0 where there is no size.
    int overflow = keep == Settings.UNLIMITED ? 0 : status.total() - keep;
    return "Pool size: %d  Connections in pool: %d Current Overflow: %d Current Checked out connections: %d"
        .formatted(keep == Settings.UNLIMITED ? 0 : keep, status.idle(), overflow, out);
  }
}
