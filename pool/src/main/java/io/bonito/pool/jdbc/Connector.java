package io.bonito.pool.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens a connection of whatever driver it is. */
@FunctionalInterface
public interface Connector {
  Connection connect() throws SQLException;

  /** The same, which tells the server who connects, if it can. */
  default Connector introducing(PoolIdentity identity) {
    return this;
  }
}
