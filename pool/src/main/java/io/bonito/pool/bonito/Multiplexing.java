package io.bonito.pool.bonito;

import io.bonito.jdbc.Multiplexer;
import io.bonito.pool.jdbc.Connector;
import io.bonito.pool.jdbc.Preparation;
import io.bonito.pool.jdbc.Sharing;
import java.sql.Connection;
import java.sql.SQLException;

/** Single statements of all borrowers share connections that the pool does not lend. */
final class Multiplexing implements Sharing {
  private final Multiplexer multiplexer;

  private Multiplexing(Multiplexer multiplexer) {
    this.multiplexer = multiplexer;
  }

  /**
   * @param connector opens those that are shared
   * @param lender lends those that are not
   */
  static Sharing over(
      int connections, Connector connector, Preparation preparation, Connector lender) {
    return new Multiplexing(
        new Multiplexer(connections, () -> open(connector, preparation), lender::connect));
  }

  private static Connection open(Connector connector, Preparation preparation) throws SQLException {
    Connection opened = connector.connect();
    try {
      preparation.apply(opened);
      return opened;
    } catch (SQLException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  @Override
  public Connection connection() throws SQLException {
    return multiplexer.connection();
  }

  @Override
  public void close() {
    multiplexer.close();
  }
}
