package io.bonito.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import javax.sql.PooledConnection;
import javax.sql.XAConnection;
import org.jspecify.annotations.Nullable;

/**
 * A data source under another one's name. A subclass has that one's setters, which may be called in
 * any order, and hands out pooled or global connections too if that one does; what has no setter
 * stands in the URL.
 */
public abstract class StandInDataSource implements DataSource {
  private final StandIn standIn;
  private final BonitoDataSource source;

  protected StandInDataSource(StandIn standIn) {
    this.standIn = standIn;
    this.source = new BonitoDataSource(standIn.prefix() + "//localhost/");
  }

  // ---- configuration

  /** Where connections lead, and how. A setter prevails over what the URL says of the same. */
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

  /** Sets any option, by ours or the other's name. */
  protected final void property(String name, String value) {
    source.setProperty(name, value);
  }

  // ---- connections

  @Override
  public Connection getConnection() throws SQLException {
    return new JdbcConnection(open());
  }

  @Override
  public Connection getConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    return new JdbcConnection(open(user, password));
  }

  /** What a {@link javax.sql.ConnectionPoolDataSource} hands out. */
  protected final PooledConnection openPooled() throws SQLException {
    return new JdbcPooledConnection(open());
  }

  protected final PooledConnection openPooled(@Nullable String user, @Nullable String password)
      throws SQLException {
    return new JdbcPooledConnection(open(user, password));
  }

  /** What an {@link javax.sql.XADataSource} hands out. */
  protected final XAConnection openGlobal() throws SQLException {
    return new JdbcXaConnection(open());
  }

  protected final XAConnection openGlobal(@Nullable String user, @Nullable String password)
      throws SQLException {
    return new JdbcXaConnection(open(user, password));
  }

  private PhysicalConnection open() throws SQLException {
    standIn.requireAlone(getClass());
    return source.open();
  }

  private PhysicalConnection open(@Nullable String user, @Nullable String password)
      throws SQLException {
    standIn.requireAlone(getClass());
    return source.open(user, password);
  }

  // ---- what java.sql wants

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

  /** Class and URL; no password. */
  @Override
  public String toString() {
    return getClass().getSimpleName() + "[" + getUrl() + "]";
  }
}
