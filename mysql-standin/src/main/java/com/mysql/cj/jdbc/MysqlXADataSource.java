package com.mysql.cj.jdbc;

import java.sql.SQLException;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;

/** The same for transaction managers. */
public class MysqlXADataSource extends MysqlDataSource implements XADataSource {
  /** For containers, which set properties one by one. */
  public MysqlXADataSource() {}

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
