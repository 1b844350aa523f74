package io.bonito.jdbc;

import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Statement;
import java.sql.Struct;
import java.util.Map;

/**
 * The methods of {@link Connection} that say the same as another one with less words, and those
 * that the servers have nothing for.
 */
interface ConnectionOverloads extends Connection {
  /** An error where the connection is closed. */
  void requireOpen() throws SQLException;

  @Override
  default Statement createStatement() throws SQLException {
    return createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
  }

  @Override
  default Statement createStatement(int type, int concurrency) throws SQLException {
    return createStatement(type, concurrency, getHoldability());
  }

  @Override
  default PreparedStatement prepareStatement(String sql) throws SQLException {
    return prepareStatement(sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
  }

  @Override
  default PreparedStatement prepareStatement(String sql, int type, int concurrency)
      throws SQLException {
    return prepareStatement(sql, type, concurrency, getHoldability());
  }

  @Override
  default PreparedStatement prepareStatement(String sql, int[] columnIndexes) throws SQLException {
    return prepareStatement(sql, Statement.RETURN_GENERATED_KEYS);
  }

  @Override
  default PreparedStatement prepareStatement(String sql, String[] columnNames) throws SQLException {
    return prepareStatement(sql, Statement.RETURN_GENERATED_KEYS);
  }

  @Override
  default CallableStatement prepareCall(String sql) throws SQLException {
    return prepareCall(sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
  }

  @Override
  default CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
    return prepareCall(sql, type, concurrency, getHoldability());
  }

  @Override
  default Map<String, Class<?>> getTypeMap() throws SQLException {
    requireOpen();
    return Map.of();
  }

  @Override
  default void setTypeMap(Map<String, Class<?>> map) throws SQLException {
    requireOpen();
    if (map != null && !map.isEmpty()) {
      throw SqlExceptions.notSupported("the servers have no types of users' own");
    }
  }

  @Override
  default Blob createBlob() throws SQLException {
    requireOpen();
    return new JdbcBlob(new byte[0]);
  }

  @Override
  default Clob createClob() throws SQLException {
    return createNClob();
  }

  @Override
  default NClob createNClob() throws SQLException {
    requireOpen();
    return new JdbcClob("");
  }

  @Override
  default SQLXML createSQLXML() throws SQLException {
    requireOpen();
    return new JdbcSqlXml();
  }

  @Override
  default Array createArrayOf(String typeName, Object[] elements) throws SQLException {
    throw SqlExceptions.notSupported("the servers have no ARRAY");
  }

  @Override
  default Struct createStruct(String typeName, Object[] attributes) throws SQLException {
    throw SqlExceptions.notSupported("the servers have no STRUCT");
  }
}
