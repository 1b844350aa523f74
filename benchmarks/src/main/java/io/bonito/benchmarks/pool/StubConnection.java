package io.bonito.benchmarks.pool;

import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Struct;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A connection to nowhere, which costs nothing: what is measured is the pool. */
final class StubConnection implements Connection {
  private boolean autoCommit = true;
  private boolean readOnly;
  private boolean closed;
  private int isolation = TRANSACTION_REPEATABLE_READ;
  private int networkTimeout;

  private static SQLException unsupported() {
    return new SQLFeatureNotSupportedException("there is no server here");
  }

  @Override
  public Statement createStatement() throws SQLException {
    throw unsupported();
  }

  @Override
  public PreparedStatement prepareStatement(String a0) throws SQLException {
    throw unsupported();
  }

  @Override
  public CallableStatement prepareCall(String a0) throws SQLException {
    throw unsupported();
  }

  @Override
  public String nativeSQL(String a0) throws SQLException {
    throw unsupported();
  }

  @Override
  public void setAutoCommit(boolean a0) {
    autoCommit = a0;
  }

  @Override
  public boolean getAutoCommit() {
    return autoCommit;
  }

  @Override
  public void commit() {}

  @Override
  public void rollback() {}

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public DatabaseMetaData getMetaData() throws SQLException {
    throw unsupported();
  }

  @Override
  public void setReadOnly(boolean a0) {
    readOnly = a0;
  }

  @Override
  public boolean isReadOnly() {
    return readOnly;
  }

  @Override
  public void setCatalog(String a0) {}

  @Override
  public @Nullable String getCatalog() {
    return null;
  }

  @Override
  public void setTransactionIsolation(int a0) {
    isolation = a0;
  }

  @Override
  public int getTransactionIsolation() {
    return isolation;
  }

  @Override
  public @Nullable SQLWarning getWarnings() {
    return null;
  }

  @Override
  public void clearWarnings() {}

  @Override
  public Statement createStatement(int a0, int a1) throws SQLException {
    throw unsupported();
  }

  @Override
  public PreparedStatement prepareStatement(String a0, int a1, int a2) throws SQLException {
    throw unsupported();
  }

  @Override
  public CallableStatement prepareCall(String a0, int a1, int a2) throws SQLException {
    throw unsupported();
  }

  @Override
  public Map<String, Class<?>> getTypeMap() throws SQLException {
    throw unsupported();
  }

  @Override
  public void setTypeMap(Map<String, Class<?>> map) throws SQLException {
    throw unsupported();
  }

  @Override
  public void setHoldability(int a0) {}

  @Override
  public int getHoldability() {
    return 1;
  }

  @Override
  public Savepoint setSavepoint() throws SQLException {
    throw unsupported();
  }

  @Override
  public Savepoint setSavepoint(String a0) throws SQLException {
    throw unsupported();
  }

  @Override
  public void rollback(Savepoint a0) throws SQLException {
    throw unsupported();
  }

  @Override
  public void releaseSavepoint(Savepoint a0) throws SQLException {
    throw unsupported();
  }

  @Override
  public Statement createStatement(int a0, int a1, int a2) throws SQLException {
    throw unsupported();
  }

  @Override
  public PreparedStatement prepareStatement(String a0, int a1, int a2, int a3) throws SQLException {
    throw unsupported();
  }

  @Override
  public CallableStatement prepareCall(String a0, int a1, int a2, int a3) throws SQLException {
    throw unsupported();
  }

  @Override
  public PreparedStatement prepareStatement(String a0, int a1) throws SQLException {
    throw unsupported();
  }

  @Override
  public PreparedStatement prepareStatement(String a0, int[] a1) throws SQLException {
    throw unsupported();
  }

  @Override
  public PreparedStatement prepareStatement(String a0, String[] a1) throws SQLException {
    throw unsupported();
  }

  @Override
  public Clob createClob() throws SQLException {
    throw unsupported();
  }

  @Override
  public Blob createBlob() throws SQLException {
    throw unsupported();
  }

  @Override
  public NClob createNClob() throws SQLException {
    throw unsupported();
  }

  @Override
  public SQLXML createSQLXML() throws SQLException {
    throw unsupported();
  }

  @Override
  public boolean isValid(int a0) {
    return !closed;
  }

  @Override
  public void setClientInfo(String a0, String a1) {
    // Nobody reads it.
  }

  @Override
  public void setClientInfo(Properties a0) {
    // Nobody reads it.
  }

  @Override
  public String getClientInfo(String a0) throws SQLException {
    throw unsupported();
  }

  @Override
  public Properties getClientInfo() throws SQLException {
    throw unsupported();
  }

  @Override
  public Array createArrayOf(String a0, Object[] a1) throws SQLException {
    throw unsupported();
  }

  @Override
  public Struct createStruct(String a0, Object[] a1) throws SQLException {
    throw unsupported();
  }

  @Override
  public void setSchema(String a0) {}

  @Override
  public @Nullable String getSchema() {
    return null;
  }

  @Override
  public void abort(Executor a0) {
    closed = true;
  }

  @Override
  public void setNetworkTimeout(Executor a0, int a1) {
    networkTimeout = a1;
  }

  @Override
  public int getNetworkTimeout() {
    return networkTimeout;
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw unsupported();
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
