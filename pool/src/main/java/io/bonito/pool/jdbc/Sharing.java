package io.bonito.pool.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** Gives out connections that are lent one of the pool's only when they need it. */
public interface Sharing {
  Connection connection() throws SQLException;

  /** Closes what is shared; connections of the pool's that are lent stay so. */
  void close();
}
