package io.bonito.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** What this driver's connections can do beyond JDBC; to be had by {@code unwrap}. */
public interface BonitoConnection extends Connection {
  /**
   * Begins a pipeline: independent statements that share one round trip.
   *
   * @throws SQLException where the connection is closed
   */
  Pipeline pipeline() throws SQLException;
}
