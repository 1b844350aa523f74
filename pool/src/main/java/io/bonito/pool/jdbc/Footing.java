package io.bonito.pool.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** How connections of a driver are kept and lent. */
@FunctionalInterface
public interface Footing {
  /**
   * @param connection new and prepared
   * @throws SQLException where it is lost
   */
  Physical keep(Connection connection, Lender lender) throws SQLException;

  /** Behind delegates, whatever the driver. */
  Footing WRAPPED = WrappedPhysical::new;
}
