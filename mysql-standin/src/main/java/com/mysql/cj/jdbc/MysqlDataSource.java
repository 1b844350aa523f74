package com.mysql.cj.jdbc;

import io.bonito.jdbc.BonitoDataSource;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A {@link BonitoDataSource} under the name by which configurations ask for MySQL Connector/J's.
 * What has no setter here stands in the URL.
 */
public class MysqlDataSource implements DataSource {
  private final BonitoDataSource source = new BonitoDataSource("jdbc:mysql://localhost/");

  /** For containers, which set properties one by one. */
  public MysqlDataSource() {}

  /** The same as {@link #setUrl}. */
  public void setURL(String url) {
    setUrl(url);
  }

  public String getURL() {
    return getUrl();
  }

  public void setServerName(String host) {
    source.setHost(host);
  }

  public void setPort(int port) {
    source.setPort(port);
  }

  public void setPortNumber(int port) {
    source.setPort(port);
  }

  public void setDatabaseName(String database) {
    source.setDatabase(database);
  }

  /** Takes over everything that a URL says; what was set before is forgotten. */
  public void setUrl(String url) {
    source.setUrl(url);
  }

  public String getUrl() {
    return source.getUrl();
  }

  public void setUser(String user) {
    source.setUser(user);
  }

  public void setPassword(String password) {
    source.setPassword(password);
  }

  @Override
  public Connection getConnection() throws SQLException {
    RealDriver.requireAbsent();
    return source.getConnection();
  }

  @Override
  public Connection getConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    RealDriver.requireAbsent();
    return source.getConnection(user, password);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return source.getLoginTimeout();
  }

  @Override
  public void setLoginTimeout(int seconds) {
    source.setLoginTimeout(seconds);
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  /** Nothing is written to it: this driver logs through System.Logger. */
  @Override
  public void setLogWriter(@Nullable PrintWriter out) {}

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return source.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return type.isInstance(this) ? type.cast(this) : source.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this) || source.isWrapperFor(type);
  }

  @Override
  public String toString() {
    return source.toString();
  }
}
