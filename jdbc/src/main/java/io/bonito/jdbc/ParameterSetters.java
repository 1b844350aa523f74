package io.bonito.jdbc;

import io.bonito.protocol.value.ConversionException;
import io.bonito.protocol.value.Parameters;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import org.jspecify.annotations.Nullable;

/** The setters of {@link PreparedStatement}: each fills a slot. Indexes count from 1. */
interface ParameterSetters extends PreparedStatement {
  /** The slots, after a look at the index; slot {@code slot(index)} is meant. */
  Parameters slots(int index) throws SQLException;

  /** Where among them the parameter with this number is. */
  default int slot(int index) {
    return index - 1;
  }

  ParameterObjects objects();

  @Override
  default void setNull(int index, int sqlType) throws SQLException {
    slots(index).setNull(slot(index));
  }

  @Override
  default void setNull(int index, int sqlType, String typeName) throws SQLException {
    setNull(index, sqlType);
  }

  @Override
  default void setBoolean(int index, boolean value) throws SQLException {
    slots(index).setBoolean(slot(index), value);
  }

  @Override
  default void setByte(int index, byte value) throws SQLException {
    slots(index).setByte(slot(index), value);
  }

  @Override
  default void setShort(int index, short value) throws SQLException {
    slots(index).setShort(slot(index), value);
  }

  @Override
  default void setInt(int index, int value) throws SQLException {
    slots(index).setInt(slot(index), value);
  }

  @Override
  default void setLong(int index, long value) throws SQLException {
    slots(index).setLong(slot(index), value);
  }

  @Override
  default void setFloat(int index, float value) throws SQLException {
    try {
      slots(index).setFloat(slot(index), value);
    } catch (ConversionException e) {
      throw SqlExceptions.conversion(e);
    }
  }

  @Override
  default void setDouble(int index, double value) throws SQLException {
    try {
      slots(index).setDouble(slot(index), value);
    } catch (ConversionException e) {
      throw SqlExceptions.conversion(e);
    }
  }

  @Override
  default void setBigDecimal(int index, @Nullable BigDecimal value) throws SQLException {
    slots(index).setBigDecimal(slot(index), value);
  }

  @Override
  default void setString(int index, @Nullable String value) throws SQLException {
    slots(index).setString(slot(index), value);
  }

  @Override
  default void setNString(int index, @Nullable String value) throws SQLException {
    setString(index, value);
  }

  @Override
  default void setBytes(int index, byte @Nullable [] value) throws SQLException {
    slots(index).setBytes(slot(index), value);
  }

  @Override
  default void setDate(int index, @Nullable Date value) throws SQLException {
    setDate(index, value, null);
  }

  @Override
  default void setDate(int index, @Nullable Date value, @Nullable Calendar calendar)
      throws SQLException {
    try {
      slots(index)
          .setLocalDate(slot(index), value == null ? null : Temporals.localDate(value, calendar));
    } catch (ConversionException e) {
      throw SqlExceptions.conversion(e);
    }
  }

  @Override
  default void setTime(int index, @Nullable Time value) throws SQLException {
    setTime(index, value, null);
  }

  @Override
  default void setTime(int index, @Nullable Time value, @Nullable Calendar calendar)
      throws SQLException {
    slots(index)
        .setLocalTime(slot(index), value == null ? null : objects().localTime(value, calendar));
  }

  @Override
  default void setTimestamp(int index, @Nullable Timestamp value) throws SQLException {
    setTimestamp(index, value, null);
  }

  @Override
  default void setTimestamp(int index, @Nullable Timestamp value, @Nullable Calendar calendar)
      throws SQLException {
    try {
      slots(index)
          .setLocalDateTime(
              slot(index),
              value == null
                  ? null
                  : Temporals.localDateTime(
                      value, calendar == null ? objects().zone() : Temporals.zone(calendar)));
    } catch (ConversionException e) {
      throw SqlExceptions.conversion(e);
    }
  }

  @Override
  default void setObject(int index, @Nullable Object value) throws SQLException {
    try {
      objects().set(slots(index), slot(index), value);
    } catch (ConversionException e) {
      throw SqlExceptions.conversion(e);
    }
  }

  @Override
  default void setObject(int index, @Nullable Object value, int sqlType) throws SQLException {
    setObject(index, value, sqlType, ParameterObjects.NO_SCALE);
  }

  @Override
  default void setObject(int index, @Nullable Object value, int sqlType, int scaleOrLength)
      throws SQLException {
    try {
      objects().setAs(slots(index), slot(index), value, sqlType, scaleOrLength);
    } catch (ConversionException e) {
      throw SqlExceptions.conversion(e);
    }
  }

  @Override
  default void setObject(int index, @Nullable Object value, SQLType sqlType) throws SQLException {
    setObject(index, value, ParameterObjects.code(sqlType), ParameterObjects.NO_SCALE);
  }

  @Override
  default void setObject(int index, @Nullable Object value, SQLType sqlType, int scaleOrLength)
      throws SQLException {
    setObject(index, value, ParameterObjects.code(sqlType), scaleOrLength);
  }

  // ---- streams: read at once, so that they may be closed before the statement is executed

  @Override
  default void setBinaryStream(int index, @Nullable InputStream value) throws SQLException {
    setBinaryStream(index, value, Long.MAX_VALUE);
  }

  @Override
  default void setBinaryStream(int index, @Nullable InputStream value, int length)
      throws SQLException {
    setBinaryStream(index, value, (long) length);
  }

  @Override
  default void setBinaryStream(int index, @Nullable InputStream value, long length)
      throws SQLException {
    setBytes(index, value == null ? null : Streams.bytes(value, length));
  }

  @Override
  default void setAsciiStream(int index, @Nullable InputStream value) throws SQLException {
    setAsciiStream(index, value, Long.MAX_VALUE);
  }

  @Override
  default void setAsciiStream(int index, @Nullable InputStream value, int length)
      throws SQLException {
    setAsciiStream(index, value, (long) length);
  }

  @Override
  default void setAsciiStream(int index, @Nullable InputStream value, long length)
      throws SQLException {
    setString(index, value == null ? null : Streams.ascii(value, length));
  }

  @Override
  @Deprecated
  default void setUnicodeStream(int index, @Nullable InputStream value, int length)
      throws SQLException {
    setString(index, value == null ? null : Streams.utf8(value, length));
  }

  @Override
  default void setCharacterStream(int index, @Nullable Reader value) throws SQLException {
    setCharacterStream(index, value, Long.MAX_VALUE);
  }

  @Override
  default void setCharacterStream(int index, @Nullable Reader value, int length)
      throws SQLException {
    setCharacterStream(index, value, (long) length);
  }

  @Override
  default void setCharacterStream(int index, @Nullable Reader value, long length)
      throws SQLException {
    setString(index, value == null ? null : Streams.text(value, length));
  }

  @Override
  default void setNCharacterStream(int index, @Nullable Reader value) throws SQLException {
    setCharacterStream(index, value);
  }

  @Override
  default void setNCharacterStream(int index, @Nullable Reader value, long length)
      throws SQLException {
    setCharacterStream(index, value, length);
  }

  @Override
  default void setBlob(int index, @Nullable Blob value) throws SQLException {
    setBytes(index, value == null ? null : value.getBytes(1, (int) value.length()));
  }

  @Override
  default void setBlob(int index, @Nullable InputStream value) throws SQLException {
    setBinaryStream(index, value);
  }

  @Override
  default void setBlob(int index, @Nullable InputStream value, long length) throws SQLException {
    setBinaryStream(index, value, length);
  }

  @Override
  default void setClob(int index, @Nullable Clob value) throws SQLException {
    setString(index, value == null ? null : value.getSubString(1, (int) value.length()));
  }

  @Override
  default void setClob(int index, @Nullable Reader value) throws SQLException {
    setCharacterStream(index, value);
  }

  @Override
  default void setClob(int index, @Nullable Reader value, long length) throws SQLException {
    setCharacterStream(index, value, length);
  }

  @Override
  default void setNClob(int index, @Nullable NClob value) throws SQLException {
    setClob(index, value);
  }

  @Override
  default void setNClob(int index, @Nullable Reader value) throws SQLException {
    setCharacterStream(index, value);
  }

  @Override
  default void setNClob(int index, @Nullable Reader value, long length) throws SQLException {
    setCharacterStream(index, value, length);
  }

  @Override
  default void setURL(int index, @Nullable URL value) throws SQLException {
    setString(index, value == null ? null : value.toString());
  }

  // ---- what the servers do not have

  @Override
  default void setArray(int index, Array value) throws SQLException {
    throw SqlExceptions.notSupported("the servers have no ARRAY");
  }

  @Override
  default void setRef(int index, Ref value) throws SQLException {
    throw SqlExceptions.notSupported("the servers have no REF");
  }

  @Override
  default void setRowId(int index, RowId value) throws SQLException {
    throw SqlExceptions.notSupported("the servers have no ROWID");
  }

  @Override
  default void setSQLXML(int index, @Nullable SQLXML value) throws SQLException {
    slots(index).setString(slot(index), value == null ? null : value.getString());
  }
}
