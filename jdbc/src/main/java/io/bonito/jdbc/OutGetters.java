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
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The getters of {@link CallableStatement} by number: they read the row of OUT parameters. */
interface OutGetters extends CallableStatement {
  /** The row that holds the parameter. */
  ResultSet out(int index) throws SQLException;

  /** The parameter's column in that row. */
  int column(int index) throws SQLException;

  @Override
  default @Nullable String getString(int index) throws SQLException {
    return out(index).getString(column(index));
  }

  @Override
  default boolean getBoolean(int index) throws SQLException {
    return out(index).getBoolean(column(index));
  }

  @Override
  default byte getByte(int index) throws SQLException {
    return out(index).getByte(column(index));
  }

  @Override
  default short getShort(int index) throws SQLException {
    return out(index).getShort(column(index));
  }

  @Override
  default int getInt(int index) throws SQLException {
    return out(index).getInt(column(index));
  }

  @Override
  default long getLong(int index) throws SQLException {
    return out(index).getLong(column(index));
  }

  @Override
  default float getFloat(int index) throws SQLException {
    return out(index).getFloat(column(index));
  }

  @Override
  default double getDouble(int index) throws SQLException {
    return out(index).getDouble(column(index));
  }

  @Override
  @Deprecated
  @SuppressWarnings("deprecation")
  default @Nullable BigDecimal getBigDecimal(int index, int scale) throws SQLException {
    return out(index).getBigDecimal(column(index), scale);
  }

  @Override
  default byte @Nullable [] getBytes(int index) throws SQLException {
    return out(index).getBytes(column(index));
  }

  @Override
  default @Nullable Date getDate(int index) throws SQLException {
    return out(index).getDate(column(index));
  }

  @Override
  default @Nullable Time getTime(int index) throws SQLException {
    return out(index).getTime(column(index));
  }

  @Override
  default @Nullable Timestamp getTimestamp(int index) throws SQLException {
    return out(index).getTimestamp(column(index));
  }

  @Override
  default @Nullable BigDecimal getBigDecimal(int index) throws SQLException {
    return out(index).getBigDecimal(column(index));
  }

  @Override
  default @Nullable Object getObject(int index, Map<String, Class<?>> types) throws SQLException {
    return out(index).getObject(column(index), types);
  }

  @Override
  default @Nullable Ref getRef(int index) throws SQLException {
    return out(index).getRef(column(index));
  }

  @Override
  default @Nullable Blob getBlob(int index) throws SQLException {
    return out(index).getBlob(column(index));
  }

  @Override
  default @Nullable Clob getClob(int index) throws SQLException {
    return out(index).getClob(column(index));
  }

  @Override
  default @Nullable Array getArray(int index) throws SQLException {
    return out(index).getArray(column(index));
  }

  @Override
  default @Nullable Date getDate(int index, @Nullable Calendar calendar) throws SQLException {
    return out(index).getDate(column(index), calendar);
  }

  @Override
  default @Nullable Time getTime(int index, @Nullable Calendar calendar) throws SQLException {
    return out(index).getTime(column(index), calendar);
  }

  @Override
  default @Nullable Timestamp getTimestamp(int index, @Nullable Calendar calendar)
      throws SQLException {
    return out(index).getTimestamp(column(index), calendar);
  }

  @Override
  default @Nullable URL getURL(int index) throws SQLException {
    return out(index).getURL(column(index));
  }

  @Override
  default @Nullable RowId getRowId(int index) throws SQLException {
    return out(index).getRowId(column(index));
  }

  @Override
  default @Nullable NClob getNClob(int index) throws SQLException {
    return out(index).getNClob(column(index));
  }

  @Override
  default @Nullable SQLXML getSQLXML(int index) throws SQLException {
    return out(index).getSQLXML(column(index));
  }

  @Override
  default @Nullable String getNString(int index) throws SQLException {
    return out(index).getNString(column(index));
  }

  @Override
  default @Nullable Reader getNCharacterStream(int index) throws SQLException {
    return out(index).getNCharacterStream(column(index));
  }

  @Override
  default @Nullable Reader getCharacterStream(int index) throws SQLException {
    return out(index).getCharacterStream(column(index));
  }

  @Override
  default <T> @Nullable T getObject(int index, Class<T> type) throws SQLException {
    return out(index).getObject(column(index), type);
  }
}
