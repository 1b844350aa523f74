package io.bonito.jdbc;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import org.jspecify.annotations.Nullable;

/**
 * The setters of {@link CallableStatement} that take a parameter's name: they look up its place.
 */
interface NamedSetters extends CallableStatement {
  /** The number of the placeholder that stands for this parameter of the routine. */
  int placeholder(String name) throws SQLException;

  @Override
  default void setURL(String name, @Nullable URL value) throws SQLException {
    setURL(placeholder(name), value);
  }

  @Override
  default void setNull(String name, int sqlType) throws SQLException {
    setNull(placeholder(name), sqlType);
  }

  @Override
  default void setBoolean(String name, boolean value) throws SQLException {
    setBoolean(placeholder(name), value);
  }

  @Override
  default void setByte(String name, byte value) throws SQLException {
    setByte(placeholder(name), value);
  }

  @Override
  default void setShort(String name, short value) throws SQLException {
    setShort(placeholder(name), value);
  }

  @Override
  default void setInt(String name, int value) throws SQLException {
    setInt(placeholder(name), value);
  }

  @Override
  default void setLong(String name, long value) throws SQLException {
    setLong(placeholder(name), value);
  }

  @Override
  default void setFloat(String name, float value) throws SQLException {
    setFloat(placeholder(name), value);
  }

  @Override
  default void setDouble(String name, double value) throws SQLException {
    setDouble(placeholder(name), value);
  }

  @Override
  default void setBigDecimal(String name, @Nullable BigDecimal value) throws SQLException {
    setBigDecimal(placeholder(name), value);
  }

  @Override
  default void setString(String name, @Nullable String value) throws SQLException {
    setString(placeholder(name), value);
  }

  @Override
  default void setBytes(String name, byte @Nullable [] value) throws SQLException {
    setBytes(placeholder(name), value);
  }

  @Override
  default void setDate(String name, @Nullable Date value) throws SQLException {
    setDate(placeholder(name), value);
  }

  @Override
  default void setTime(String name, @Nullable Time value) throws SQLException {
    setTime(placeholder(name), value);
  }

  @Override
  default void setTimestamp(String name, @Nullable Timestamp value) throws SQLException {
    setTimestamp(placeholder(name), value);
  }

  @Override
  default void setAsciiStream(String name, @Nullable InputStream value, int length)
      throws SQLException {
    setAsciiStream(placeholder(name), value, length);
  }

  @Override
  default void setBinaryStream(String name, @Nullable InputStream value, int length)
      throws SQLException {
    setBinaryStream(placeholder(name), value, length);
  }

  @Override
  default void setObject(String name, @Nullable Object value, int sqlType, int scaleOrLength)
      throws SQLException {
    setObject(placeholder(name), value, sqlType, scaleOrLength);
  }

  @Override
  default void setObject(String name, @Nullable Object value, int sqlType) throws SQLException {
    setObject(placeholder(name), value, sqlType);
  }

  @Override
  default void setObject(String name, @Nullable Object value) throws SQLException {
    setObject(placeholder(name), value);
  }

  @Override
  default void setCharacterStream(String name, @Nullable Reader value, int length)
      throws SQLException {
    setCharacterStream(placeholder(name), value, length);
  }

  @Override
  default void setDate(String name, @Nullable Date value, @Nullable Calendar calendar)
      throws SQLException {
    setDate(placeholder(name), value, calendar);
  }

  @Override
  default void setTime(String name, @Nullable Time value, @Nullable Calendar calendar)
      throws SQLException {
    setTime(placeholder(name), value, calendar);
  }

  @Override
  default void setTimestamp(String name, @Nullable Timestamp value, @Nullable Calendar calendar)
      throws SQLException {
    setTimestamp(placeholder(name), value, calendar);
  }

  @Override
  default void setNull(String name, int sqlType, String typeName) throws SQLException {
    setNull(placeholder(name), sqlType, typeName);
  }

  @Override
  default void setRowId(String name, @Nullable RowId value) throws SQLException {
    setRowId(placeholder(name), value);
  }

  @Override
  default void setNString(String name, @Nullable String value) throws SQLException {
    setNString(placeholder(name), value);
  }

  @Override
  default void setNCharacterStream(String name, @Nullable Reader value, long length)
      throws SQLException {
    setNCharacterStream(placeholder(name), value, length);
  }

  @Override
  default void setNClob(String name, @Nullable NClob value) throws SQLException {
    setNClob(placeholder(name), value);
  }

  @Override
  default void setClob(String name, @Nullable Reader value, long length) throws SQLException {
    setClob(placeholder(name), value, length);
  }

  @Override
  default void setBlob(String name, @Nullable InputStream value, long length) throws SQLException {
    setBlob(placeholder(name), value, length);
  }

  @Override
  default void setNClob(String name, @Nullable Reader value, long length) throws SQLException {
    setNClob(placeholder(name), value, length);
  }

  @Override
  default void setSQLXML(String name, @Nullable SQLXML value) throws SQLException {
    setSQLXML(placeholder(name), value);
  }

  @Override
  default void setBlob(String name, @Nullable Blob value) throws SQLException {
    setBlob(placeholder(name), value);
  }

  @Override
  default void setClob(String name, @Nullable Clob value) throws SQLException {
    setClob(placeholder(name), value);
  }

  @Override
  default void setAsciiStream(String name, @Nullable InputStream value, long length)
      throws SQLException {
    setAsciiStream(placeholder(name), value, length);
  }

  @Override
  default void setBinaryStream(String name, @Nullable InputStream value, long length)
      throws SQLException {
    setBinaryStream(placeholder(name), value, length);
  }

  @Override
  default void setCharacterStream(String name, @Nullable Reader value, long length)
      throws SQLException {
    setCharacterStream(placeholder(name), value, length);
  }

  @Override
  default void setAsciiStream(String name, @Nullable InputStream value) throws SQLException {
    setAsciiStream(placeholder(name), value);
  }

  @Override
  default void setBinaryStream(String name, @Nullable InputStream value) throws SQLException {
    setBinaryStream(placeholder(name), value);
  }

  @Override
  default void setCharacterStream(String name, @Nullable Reader value) throws SQLException {
    setCharacterStream(placeholder(name), value);
  }

  @Override
  default void setNCharacterStream(String name, @Nullable Reader value) throws SQLException {
    setNCharacterStream(placeholder(name), value);
  }

  @Override
  default void setClob(String name, @Nullable Reader value) throws SQLException {
    setClob(placeholder(name), value);
  }

  @Override
  default void setBlob(String name, @Nullable InputStream value) throws SQLException {
    setBlob(placeholder(name), value);
  }

  @Override
  default void setNClob(String name, @Nullable Reader value) throws SQLException {
    setNClob(placeholder(name), value);
  }

  @Override
  default void setObject(String name, @Nullable Object value, SQLType type, int scaleOrLength)
      throws SQLException {
    setObject(placeholder(name), value, type, scaleOrLength);
  }

  @Override
  default void setObject(String name, @Nullable Object value, SQLType type) throws SQLException {
    setObject(placeholder(name), value, type);
  }
}
