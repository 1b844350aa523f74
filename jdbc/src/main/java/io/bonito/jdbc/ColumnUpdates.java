package io.bonito.jdbc;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.RoundingMode;
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
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/**
 * The setters of columns of an updatable result, by their numbers. What they take is what a
 * prepared statement's setters take.
 */
interface ColumnUpdates extends ReadOnlyResultSet {
  /** Where the column's value goes: its parameter has the column's number. */
  PreparedStatement edits(int column) throws SQLException;

  @Override
  default void updateArray(int column, @Nullable Array value) throws SQLException {
    edits(column).setArray(column, value);
  }

  @Override
  default void updateAsciiStream(int column, @Nullable InputStream value, int length)
      throws SQLException {
    edits(column).setAsciiStream(column, value, length);
  }

  @Override
  default void updateAsciiStream(int column, @Nullable InputStream value, long length)
      throws SQLException {
    edits(column).setAsciiStream(column, value, length);
  }

  @Override
  default void updateAsciiStream(int column, @Nullable InputStream value) throws SQLException {
    edits(column).setAsciiStream(column, value);
  }

  @Override
  default void updateBigDecimal(int column, @Nullable BigDecimal value) throws SQLException {
    edits(column).setBigDecimal(column, value);
  }

  @Override
  default void updateBinaryStream(int column, @Nullable InputStream value, int length)
      throws SQLException {
    edits(column).setBinaryStream(column, value, length);
  }

  @Override
  default void updateBinaryStream(int column, @Nullable InputStream value, long length)
      throws SQLException {
    edits(column).setBinaryStream(column, value, length);
  }

  @Override
  default void updateBinaryStream(int column, @Nullable InputStream value) throws SQLException {
    edits(column).setBinaryStream(column, value);
  }

  @Override
  default void updateBlob(int column, @Nullable InputStream value, long length)
      throws SQLException {
    edits(column).setBlob(column, value, length);
  }

  @Override
  default void updateBlob(int column, @Nullable InputStream value) throws SQLException {
    edits(column).setBlob(column, value);
  }

  @Override
  default void updateBlob(int column, @Nullable Blob value) throws SQLException {
    edits(column).setBlob(column, value);
  }

  @Override
  default void updateBoolean(int column, boolean value) throws SQLException {
    edits(column).setBoolean(column, value);
  }

  @Override
  default void updateByte(int column, byte value) throws SQLException {
    edits(column).setByte(column, value);
  }

  @Override
  default void updateBytes(int column, byte @Nullable [] value) throws SQLException {
    edits(column).setBytes(column, value);
  }

  @Override
  default void updateCharacterStream(int column, @Nullable Reader value, int length)
      throws SQLException {
    edits(column).setCharacterStream(column, value, length);
  }

  @Override
  default void updateCharacterStream(int column, @Nullable Reader value, long length)
      throws SQLException {
    edits(column).setCharacterStream(column, value, length);
  }

  @Override
  default void updateCharacterStream(int column, @Nullable Reader value) throws SQLException {
    edits(column).setCharacterStream(column, value);
  }

  @Override
  default void updateClob(int column, @Nullable Reader value, long length) throws SQLException {
    edits(column).setClob(column, value, length);
  }

  @Override
  default void updateClob(int column, @Nullable Reader value) throws SQLException {
    edits(column).setClob(column, value);
  }

  @Override
  default void updateClob(int column, @Nullable Clob value) throws SQLException {
    edits(column).setClob(column, value);
  }

  @Override
  default void updateDate(int column, @Nullable Date value) throws SQLException {
    edits(column).setDate(column, value);
  }

  @Override
  default void updateDouble(int column, double value) throws SQLException {
    edits(column).setDouble(column, value);
  }

  @Override
  default void updateFloat(int column, float value) throws SQLException {
    edits(column).setFloat(column, value);
  }

  @Override
  default void updateInt(int column, int value) throws SQLException {
    edits(column).setInt(column, value);
  }

  @Override
  default void updateLong(int column, long value) throws SQLException {
    edits(column).setLong(column, value);
  }

  @Override
  default void updateNCharacterStream(int column, @Nullable Reader value, long length)
      throws SQLException {
    edits(column).setNCharacterStream(column, value, length);
  }

  @Override
  default void updateNCharacterStream(int column, @Nullable Reader value) throws SQLException {
    edits(column).setNCharacterStream(column, value);
  }

  @Override
  default void updateNClob(int column, @Nullable Reader value, long length) throws SQLException {
    edits(column).setNClob(column, value, length);
  }

  @Override
  default void updateNClob(int column, @Nullable Reader value) throws SQLException {
    edits(column).setNClob(column, value);
  }

  @Override
  default void updateNClob(int column, @Nullable NClob value) throws SQLException {
    edits(column).setNClob(column, value);
  }

  @Override
  default void updateNString(int column, @Nullable String value) throws SQLException {
    edits(column).setNString(column, value);
  }

  @Override
  default void updateNull(int column) throws SQLException {
    edits(column).setNull(column, Types.NULL);
  }

  @Override
  default void updateObject(int column, @Nullable Object value, int scaleOrLength)
      throws SQLException {
    Object scaled =
        value instanceof BigDecimal decimal
            ? decimal.setScale(scaleOrLength, RoundingMode.HALF_UP)
            : value;
    if (value instanceof InputStream stream) {
      updateBinaryStream(column, stream, scaleOrLength);
    } else if (value instanceof Reader reader) {
      updateCharacterStream(column, reader, scaleOrLength);
    } else {
      updateObject(column, scaled);
    }
  }

  @Override
  default void updateObject(int column, @Nullable Object value) throws SQLException {
    edits(column).setObject(column, value);
  }

  @Override
  default void updateRef(int column, @Nullable Ref value) throws SQLException {
    edits(column).setRef(column, value);
  }

  @Override
  default void updateRowId(int column, @Nullable RowId value) throws SQLException {
    edits(column).setRowId(column, value);
  }

  @Override
  default void updateSQLXML(int column, @Nullable SQLXML value) throws SQLException {
    edits(column).setSQLXML(column, value);
  }

  @Override
  default void updateShort(int column, short value) throws SQLException {
    edits(column).setShort(column, value);
  }

  @Override
  default void updateString(int column, @Nullable String value) throws SQLException {
    edits(column).setString(column, value);
  }

  @Override
  default void updateTime(int column, @Nullable Time value) throws SQLException {
    edits(column).setTime(column, value);
  }

  @Override
  default void updateTimestamp(int column, @Nullable Timestamp value) throws SQLException {
    edits(column).setTimestamp(column, value);
  }

  @Override
  default void updateObject(int column, @Nullable Object value, SQLType type) throws SQLException {
    edits(column).setObject(column, value, type);
  }

  @Override
  default void updateObject(int column, @Nullable Object value, SQLType type, int scaleOrLength)
      throws SQLException {
    edits(column).setObject(column, value, type, scaleOrLength);
  }
}
