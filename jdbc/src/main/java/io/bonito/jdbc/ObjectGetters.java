package io.bonito.jdbc;

import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.row.Row;
import io.bonito.protocol.value.ConversionException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
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
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The getters of a {@link ResultSet} that make larger objects of what the plain ones give. */
interface ObjectGetters extends ResultSet {
  /** The current row, after a look at the column's number. */
  Row row(int column) throws SQLException;

  JdbcType type(int column);

  /** In which the instant is the one that the column's value means. */
  ZoneId zone(int column);

  void wasNull(boolean isNull);

  @Override
  default @Nullable Object getObject(int column) throws SQLException {
    Row row = row(column);
    boolean isNull = row.isNull(column - 1);
    wasNull(isNull);
    if (isNull) {
      return null;
    }
    try {
      return ObjectValues.natural(this, row, column);
    } catch (ConversionException | MalformedPacketException e) {
      throw SqlExceptions.conversion(e);
    }
  }

  @Override
  default <T> @Nullable T getObject(int column, Class<T> type) throws SQLException {
    Row row = row(column);
    if (type == null) {
      throw SqlExceptions.misuse("getObject needs a class");
    }
    boolean isNull = row.isNull(column - 1);
    wasNull(isNull);
    if (isNull) {
      return null;
    }
    try {
      return ObjectValues.get(this, row, column, type);
    } catch (ConversionException | MalformedPacketException e) {
      throw SqlExceptions.conversion(e);
    }
  }

  @Override
  default @Nullable Object getObject(int column, Map<String, Class<?>> types) throws SQLException {
    if (types == null || types.isEmpty()) {
      return getObject(column);
    }
    throw SqlExceptions.notSupported("the servers have no types of users' own");
  }

  @Override
  default @Nullable Date getDate(int column) throws SQLException {
    return getDate(column, null);
  }

  @Override
  default @Nullable Time getTime(int column) throws SQLException {
    return getTime(column, null);
  }

  @Override
  default @Nullable Timestamp getTimestamp(int column) throws SQLException {
    return getTimestamp(column, null);
  }

  @Override
  @Deprecated
  default @Nullable BigDecimal getBigDecimal(int column, int scale) throws SQLException {
    BigDecimal value = getBigDecimal(column);
    return value == null ? null : value.setScale(scale, RoundingMode.HALF_UP);
  }

  @Override
  default @Nullable String getNString(int column) throws SQLException {
    return getString(column);
  }

  @Override
  default @Nullable InputStream getBinaryStream(int column) throws SQLException {
    byte[] value = getBytes(column);
    return value == null ? null : new ByteArrayInputStream(value);
  }

  @Override
  default @Nullable InputStream getAsciiStream(int column) throws SQLException {
    String value = getString(column);
    return value == null
        ? null
        : new ByteArrayInputStream(value.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  @Deprecated
  default @Nullable InputStream getUnicodeStream(int column) throws SQLException {
    String value = getString(column);
    return value == null ? null : new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  default @Nullable Reader getCharacterStream(int column) throws SQLException {
    String value = getString(column);
    return value == null ? null : new StringReader(value);
  }

  @Override
  default @Nullable Reader getNCharacterStream(int column) throws SQLException {
    return getCharacterStream(column);
  }

  @Override
  default @Nullable Blob getBlob(int column) throws SQLException {
    byte[] value = getBytes(column);
    return value == null ? null : new JdbcBlob(value);
  }

  @Override
  default @Nullable Clob getClob(int column) throws SQLException {
    return getNClob(column);
  }

  @Override
  default @Nullable NClob getNClob(int column) throws SQLException {
    String value = getString(column);
    return value == null ? null : new JdbcClob(value);
  }

  @Override
  default @Nullable URL getURL(int column) throws SQLException {
    String value = getString(column);
    try {
      return value == null ? null : URI.create(value).toURL();
    } catch (MalformedURLException | IllegalArgumentException e) {
      throw SqlExceptions.conversion(new ConversionException("the value is no URL", e));
    }
  }

  @Override
  default Array getArray(int column) throws SQLException {
    throw SqlExceptions.notSupported("the servers have no ARRAY");
  }

  @Override
  default Ref getRef(int column) throws SQLException {
    throw SqlExceptions.notSupported("the servers have no REF");
  }

  @Override
  default RowId getRowId(int column) throws SQLException {
    throw SqlExceptions.notSupported("the servers have no ROWID");
  }

  @Override
  default @Nullable SQLXML getSQLXML(int column) throws SQLException {
    String value = getString(column);
    return value == null ? null : new JdbcSqlXml(value);
  }

  @Override
  default String getCursorName() throws SQLException {
    throw SqlExceptions.notSupported("the servers have no named cursors outside of routines");
  }
}
