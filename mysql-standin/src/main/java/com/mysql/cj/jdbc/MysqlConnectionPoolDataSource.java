package com.mysql.cj.jdbc;

import java.sql.SQLException;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.PooledConnection;
import org.jspecify.annotations.Nullable;

/** The same for pools that ask for {@link PooledConnection}s. */
public class MysqlConnectionPoolDataSource extends MysqlDataSource
    implements ConnectionPoolDataSource {
  /** For containers, which set properties one by one. */
  public MysqlConnectionPoolDataSource() {}

  @Override
  public PooledConnection getPooledConnection() throws SQLException {
    return openPooled();
  }

  @Override
  public PooledConnection getPooledConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    return openPooled(user, password);
  }
}
