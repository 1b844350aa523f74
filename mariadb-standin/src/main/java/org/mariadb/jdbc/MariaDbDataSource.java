package org.mariadb.jdbc;

import io.bonito.jdbc.StandInDataSource;
import java.sql.SQLException;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.PooledConnection;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;

/**
 * Bonito's data sources under the name by which configurations ask for MariaDB Connector/J's, which
 * is all three kinds in one. What has no setter here stands in the URL.
 */
public class MariaDbDataSource extends StandInDataSource
    implements ConnectionPoolDataSource, XADataSource {
  /** For containers, which set properties one by one. */
  public MariaDbDataSource() {
    super(Driver.STAND_IN);
  }

  @SuppressWarnings("this-escape") // subclasses that override the setter are none of ours
  public MariaDbDataSource(String url) {
    this();
    setUrl(url);
  }

  @Override
  public PooledConnection getPooledConnection() throws SQLException {
    return openPooled();
  }

  @Override
  public PooledConnection getPooledConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    return openPooled(user, password);
  }

  @Override
  public XAConnection getXAConnection() throws SQLException {
    return openGlobal();
  }

  @Override
  public XAConnection getXAConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    return openGlobal(user, password);
  }
}
