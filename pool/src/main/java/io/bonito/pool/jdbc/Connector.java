package io.bonito.pool.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens a connection of whatever driver it is. */
@FunctionalInterface
public interface Connector {
  Connection connect() throws SQLException;
}
