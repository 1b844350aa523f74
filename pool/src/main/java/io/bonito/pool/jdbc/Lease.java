package io.bonito.pool.jdbc;

import io.bonito.pool.scope.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What a lent connection can do beside java.sql: {@code connection.unwrap(Lease.class)}. */
public interface Lease extends Transactional {
  /** Closes the driver's connection now instead of taking it back. The lease is over. */
  void invalidate(@Nullable Throwable reason) throws SQLException;

  /** Goes on; the driver's connection is closed when it comes back. */
  void invalidateSoftly(@Nullable Throwable reason) throws SQLException;

  /** Leaves the pool with the connection, which is closed for good when it is closed. */
  void detach() throws SQLException;

  /**
   * The driver's own connection, as listeners see it. What is changed through it the pool does not
   * see, and it is somebody else's when this lease is over.
   */
  Connection driverConnection() throws SQLException;

  /** For how often the driver's connection was lent before. */
  long epoch() throws SQLException;
}
