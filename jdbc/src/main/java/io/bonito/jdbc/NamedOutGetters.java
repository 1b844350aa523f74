package io.bonito.jdbc;

import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The getters of {@link CallableStatement} that take a parameter's name. */
interface NamedOutGetters extends CallableStatement {
  /** The number of the placeholder that stands for this parameter of the routine. */
  int placeholder(String name) throws SQLException;

  @Override
  default @Nullable String getString(String name) throws SQLException {
    return getString(placeholder(name));
  }

  @Override
  default boolean getBoolean(String name) throws SQLException {
    return getBoolean(placeholder(name));
  }

  @Override
  default byte getByte(String name) throws SQLException {
    return getByte(placeholder(name));
  }

  @Override
  default short getShort(String name) throws SQLException {
    return getShort(placeholder(name));
  }

  @Override
  default int getInt(String name) throws SQLException {
    return getInt(placeholder(name));
  }

  @Override
  default long getLong(String name) throws SQLException {
    return getLong(placeholder(name));
  }

  @Override
  default float getFloat(String name) throws SQLException {
    return getFloat(placeholder(name));
  }

  @Override
  default double getDouble(String name) throws SQLException {
    return getDouble(placeholder(name));
  }

  @Override
  default byte @Nullable [] getBytes(String name) throws SQLException {
    return getBytes(placeholder(name));
  }

  @Override
  default @Nullable Date getDate(String name) throws SQLException {
    return getDate(placeholder(name));
  }

  @Override
  default @Nullable Time getTime(String name) throws SQLException {
    return getTime(placeholder(name));
  }

  @Override
  default @Nullable Timestamp getTimestamp(String name) throws SQLException {
    return getTimestamp(placeholder(name));
  }

  @Override
  default @Nullable Object getObject(String name) throws SQLException {
    return getObject(placeholder(name));
  }

  @Override
  default @Nullable BigDecimal getBigDecimal(String name) throws SQLException {
    return getBigDecimal(placeholder(name));
  }

  @Override
  default @Nullable Object getObject(String name, Map<String, Class<?>> types) throws SQLException {
    return getObject(placeholder(name), types);
  }

  @Override
  default @Nullable Ref getRef(String name) throws SQLException {
    return getRef(placeholder(name));
  }

  @Override
  default @Nullable Blob getBlob(String name) throws SQLException {
    return getBlob(placeholder(name));
  }

  @Override
  default @Nullable Clob getClob(String name) throws SQLException {
    return getClob(placeholder(name));
  }

  @Override
  default @Nullable Array getArray(String name) throws SQLException {
    return getArray(placeholder(name));
  }

  @Override
  default @Nullable Date getDate(String name, @Nullable Calendar calendar) throws SQLException {
    return getDate(placeholder(name), calendar);
  }

  @Override
  default @Nullable Time getTime(String name, @Nullable Calendar calendar) throws SQLException {
    return getTime(placeholder(name), calendar);
  }

  @Override
  default @Nullable Timestamp getTimestamp(String name, @Nullable Calendar calendar)
      throws SQLException {
    return getTimestamp(placeholder(name), calendar);
  }

  @Override
  default @Nullable URL getURL(String name) throws SQLException {
    return getURL(placeholder(name));
  }

  @Override
  default @Nullable RowId getRowId(String name) throws SQLException {
    return getRowId(placeholder(name));
  }

  @Override
  default @Nullable NClob getNClob(String name) throws SQLException {
    return getNClob(placeholder(name));
  }

  @Override
  default @Nullable SQLXML getSQLXML(String name) throws SQLException {
    return getSQLXML(placeholder(name));
  }

  @Override
  default @Nullable String getNString(String name) throws SQLException {
    return getNString(placeholder(name));
  }

  @Override
  default @Nullable Reader getNCharacterStream(String name) throws SQLException {
    return getNCharacterStream(placeholder(name));
  }

  @Override
  default @Nullable Reader getCharacterStream(String name) throws SQLException {
    return getCharacterStream(placeholder(name));
  }

  @Override
  default <T> @Nullable T getObject(String name, Class<T> type) throws SQLException {
    return getObject(placeholder(name), type);
  }
}
