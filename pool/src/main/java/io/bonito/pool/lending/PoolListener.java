package io.bonito.pool.lending;

import org.jspecify.annotations.Nullable;

/**
 * SQLAlchemy's ten events. Each is called by the thread that does the thing, while nobody else may
 * touch it; what takes long here makes that thread's caller wait. An exception of {@link
 * #firstConnect}, {@link #connect} and {@link #checkout} fails what was being done; those of the
 * others are dropped.
 */
public interface PoolListener<T> {
  /** The pool's first thing has been made; again, if this threw. */
  default void firstConnect(T thing) throws Exception {}

  /** One has been made. */
  default void connect(T thing) throws Exception {}

  /**
   * One is about to be lent.
   *
   * @throws DisconnectedException where it should not be: it is closed and another one is taken
   */
  default void checkout(T thing) throws Exception {}

  /** One comes back and is about to be reset. */
  default void reset(T thing) {}

  /** One has come back; null if it was invalidated. */
  default void checkin(@Nullable T thing) {}

  /** One is about to be closed because it is of no use any more. */
  default void invalidate(T thing, @Nullable Throwable reason) {}

  /** One is to be closed when it comes back. */
  default void softInvalidate(T thing, @Nullable Throwable reason) {}

  /** One is about to be closed. */
  default void close(T thing) {}

  /** One has left the pool with its borrower. */
  default void detach(T thing) {}

  /** One that had left is about to be closed. */
  default void closeDetached(T thing) {}

  /** One has been lent for longer than it should: no event of SQLAlchemy's. */
  default void leak(Holder holder) {}

  /** Thrown by {@link #checkout}. */
  final class DisconnectedException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean invalidatesPool;

    /**
     * @param invalidatesPool whether all others that the pool has now are of no use either
     */
    public DisconnectedException(String message, boolean invalidatesPool) {
      super(message);
      this.invalidatesPool = invalidatesPool;
    }

    public boolean invalidatesPool() {
      return invalidatesPool;
    }
  }
}
