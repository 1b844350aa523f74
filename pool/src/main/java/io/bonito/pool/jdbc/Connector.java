package io.bonito.pool.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Opens a connection of whatever driver it is. */
@FunctionalInterface
public interface Connector {
  Connection connect() throws SQLException;

  /**
   * Opens one for somebody else.
   *
   * @throws SQLFeatureNotSupportedException where this has no way to
   */
  default Connection connect(Login login) throws SQLException {
    throw new SQLFeatureNotSupportedException(
        "this pool opens its connections by a connector of its own, which knows no other user;"
            + " make it of a DataSource or by a URL");
  }

  /** Those of a data source, whose own user is somebody. */
  static Connector of(DataSource source) {
    return new Connector() {
      @Override
      public Connection connect() throws SQLException {
        return source.getConnection();
      }

      @Override
      public Connection connect(Login login) throws SQLException {
        return source.getConnection(login.user(), login.password());
      }
    };
  }

  /**
   * Those of a data source, for whoever it is at the time: asked at each opening, so a password may
   * change while the pool goes on.
   */
  static Connector of(DataSource source, Supplier<Login> logins) {
    return new Connector() {
      @Override
      public Connection connect() throws SQLException {
        return connect(logins.get());
      }

      @Override
      public Connection connect(Login login) throws SQLException {
        return source.getConnection(login.user(), login.password());
      }
    };
  }

  /** The same, which tells the server who connects, if it can. */
  default Connector introducing(PoolIdentity identity) {
    return this;
  }
}
