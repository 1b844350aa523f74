package io.bonito.jdbc;

import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.row.Columns;
import io.bonito.protocol.row.Row;
import io.bonito.protocol.value.ConversionException;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Calendar;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a result as java.sql has them.
 *
 * <p>A getter takes no lock and makes no object but the one it returns: it reads in the row's bytes
 * where they lie. A result set belongs to one thread at a time.
 */
class JdbcResultSet implements ReadOnlyResultSet, LabelledResultSet, ObjectGetters, Scrolling {
  private final @Nullable JdbcStatement statement;
  private final Rows rows;
  private final Columns columns;
  private final JdbcType.Choices choices;
  private final ResultKind kind;
  private @Nullable SQLWarning warnings;
  private int fetchDirection = FETCH_FORWARD;
  private boolean wasNull;
  private boolean closed;
  private int fetchSize;

  /** The JDBC types of the columns, once one was asked for. */
  private @Nullable JdbcType @Nullable [] types;

  /** The labels that were looked up, at their columns: most programs use the same objects again. */
  private @Nullable String @Nullable [] labels;

  private int latestLabel = -1;

  /** Of the kind that the settings ask for, as far as the rows can be. */
  static JdbcResultSet of(
      JdbcStatement statement, Rows rows, JdbcType.Choices choices, Settings settings)
      throws SQLException {
    ResultKind kind = settings.kind();
    if (kind.isUpdatable()) {
      if (RowTarget.isSingleTable(rows.columns())) {
        return new UpdatableResultSet(statement, rows, choices, kind, settings.fetchSize());
      }
      JdbcResultSet readOnly =
          new JdbcResultSet(statement, rows, choices, kind, settings.fetchSize());
      readOnly.warn("the rows are not those of one table with a key, so they can only be read");
      return readOnly;
    }
    return settings.maxFieldSize() == 0
        ? new JdbcResultSet(statement, rows, choices, kind, settings.fetchSize())
        : new CutResultSet(statement, rows, choices, settings);
  }

  JdbcResultSet(
      @Nullable JdbcStatement statement,
      Rows rows,
      JdbcType.Choices choices,
      ResultKind kind,
      int fetchSize) {
    this.statement = statement;
    this.rows = rows;
    this.columns = rows.columns();
    this.choices = choices;
    this.kind = kind;
    this.fetchSize = fetchSize;
  }

  // ---- moving

  @Override
  public boolean next() throws SQLException {
    if (closed) {
      throw SqlExceptions.closed("result set");
    }
    return rows.next();
  }

  @Override
  public final Rows rows() throws SQLException {
    requireOpen();
    return rows;
  }

  private void requireOpen() throws SQLException {
    if (closed) {
      throw SqlExceptions.closed("result set");
    }
  }

  /** The current row, after a look at the column's number. */
  @Override
  public Row row(int column) throws SQLException {
    Row row = rows.current();
    if (row == null) {
      throw closed
          ? SqlExceptions.closed("result set")
          : SqlExceptions.misuse("no row is current: call next() first, and stop when it is false");
    }
    if (column < 1 || column > columns.count()) {
      throw noColumn(column);
    }
    return row;
  }

  private SQLException noColumn(int column) {
    return SqlExceptions.misuse("column " + column + " of " + columns.count());
  }

  // ---- values

  @Override
  public boolean wasNull() {
    return wasNull;
  }

  @Override
  public void wasNull(boolean isNull) {
    wasNull = isNull;
  }

  @Override
  public @Nullable String getString(int column) throws SQLException {
    Row row = row(column);
    try {
      String value = row.getString(column - 1);
      wasNull = value == null;
      return value;
    } catch (ConversionException | MalformedPacketException e) {
      throw SqlExceptions.conversion(e);
    }
  }

  @Override
  public boolean getBoolean(int column) throws SQLException {
    Row row = row(column);
    wasNull = row.isNull(column - 1);
    if (wasNull) {
      return false;
    }
    try {
      return row.getBoolean(column - 1);
    } catch (ConversionException | MalformedPacketException e) {
      throw SqlExceptions.conversion(e);
    }
  }

  @Override
  public byte getByte(int column) throws SQLException {
    Row row = row(column);
    wasNull = row.isNull(column - 1);
    if (wasNull) {
      return 0;
    }
    try {
      return row.getByte(column - 1);
    } catch (ConversionException | MalformedPacketException e) {
      throw SqlExceptions.conversion(e);
    }
  }

  @Override
  public short getShort(int column) throws SQLException {
    Row row = row(column);
    wasNull = row.isNull(column - 1);
    if (wasNull) {
      return 0;
    }
    try {
      return row.getShort(column - 1);
    } catch (ConversionException | MalformedPacketException e) {
      throw SqlExceptions.conversion(e);
    }
  }

  @Override
  public int getInt(int column) throws SQLException {
    Row row = row(column);
    wasNull = row.isNull(column - 1);
    if (wasNull) {
      return 0;
    }
    try {
      return row.getInt(column - 1);
    } catch (ConversionException | MalformedPacketException e) {
      throw SqlExceptions.conversion(e);
    }
  }

  @Override
  public long getLong(int column) throws SQLException {
    Row row = row(column);
    wasNull = row.isNull(column - 1);
    if (wasNull) {
      return 0;
    }
    try {
      return row.getLong(column - 1);
    } catch (ConversionException | MalformedPacketException e) {
      throw SqlExceptions.conversion(e);
    }
  }

  @Override
  public float getFloat(int column) throws SQLException {
    Row row = row(column);
    wasNull = row.isNull(column - 1);
    if (wasNull) {
      return 0;
    }
    try {
      return row.getFloat(column - 1);
    } catch (ConversionException | MalformedPacketException e) {
      throw SqlExceptions.conversion(e);
    }
  }

  @Override
  public double getDouble(int column) throws SQLException {
    Row row = row(column);
    wasNull = row.isNull(column - 1);
    if (wasNull) {
      return 0;
    }
    try {
      return row.getDouble(column - 1);
    } catch (ConversionException | MalformedPacketException e) {
      throw SqlExceptions.conversion(e);
    }
  }

  @Override
  public @Nullable BigDecimal getBigDecimal(int column) throws SQLException {
    Row row = row(column);
    try {
      BigDecimal value = row.getBigDecimal(column - 1);
      wasNull = value == null;
      return value;
    } catch (ConversionException | MalformedPacketException e) {
      throw SqlExceptions.conversion(e);
    }
  }

  @Override
  public byte @Nullable [] getBytes(int column) throws SQLException {
    Row row = row(column);
    try {
      byte[] value = row.getBytes(column - 1);
      wasNull = value == null;
      return value;
    } catch (ConversionException | MalformedPacketException e) {
      throw SqlExceptions.conversion(e);
    }
  }

  @Override
  public @Nullable Date getDate(int column, @Nullable Calendar calendar) throws SQLException {
    Row row = row(column);
    try {
      LocalDate value = ObjectValues.localDate(this, row, column);
      wasNull = value == null;
      return value == null ? null : Temporals.date(value, calendar);
    } catch (ConversionException | MalformedPacketException e) {
      throw SqlExceptions.conversion(e);
    }
  }

  @Override
  public @Nullable Time getTime(int column, @Nullable Calendar calendar) throws SQLException {
    Row row = row(column);
    try {
      LocalTime value = row.getLocalTime(column - 1);
      wasNull = value == null;
      return value == null ? null : Temporals.time(value, calendar);
    } catch (ConversionException | MalformedPacketException e) {
      throw SqlExceptions.conversion(e);
    }
  }

  @Override
  public @Nullable Timestamp getTimestamp(int column, @Nullable Calendar calendar)
      throws SQLException {
    Row row = row(column);
    try {
      LocalDateTime value = ObjectValues.localDateTime(this, row, column);
      wasNull = value == null;
      return value == null
          ? null
          : Temporals.timestamp(value, calendar == null ? zone(column) : Temporals.zone(calendar));
    } catch (ConversionException | MalformedPacketException e) {
      throw SqlExceptions.conversion(e);
    }
  }

  @Override
  public JdbcType type(int column) {
    JdbcType[] known = types;
    if (known == null) {
      known = new JdbcType[columns.count()];
      types = known;
    }
    JdbcType found = known[column - 1];
    if (found == null) {
      found = JdbcType.of(columns.definition(column - 1), choices);
      known[column - 1] = found;
    }
    return found;
  }

  @Override
  public ZoneId zone(int column) {
    JdbcType type = type(column);
    // A day or a time alone is no instant; java.sql's classes for them know the JVM's zone only.
    return type == JdbcType.DATE || type == JdbcType.TIME
        ? ZoneId.systemDefault()
        : choices.zone().now();
  }

  // ---- columns

  @Override
  public int findColumn(String label) throws SQLException {
    if (closed) {
      throw SqlExceptions.closed("result set");
    }
    @Nullable String[] seen = labels;
    if (seen == null) {
      seen = new @Nullable String[columns.count()];
      labels = seen;
    }
    // Rows are mostly read in the order of their columns, by literals, which are one object each.
    int guess = latestLabel + 1 < seen.length ? latestLabel + 1 : 0;
    if (!isSame(seen[guess], label)) {
      guess = find(label);
      seen[guess] = label;
    }
    latestLabel = guess;
    return guess + 1;
  }

  @SuppressWarnings("ReferenceEquality") // a guess that costs nothing; find() compares
  private static boolean isSame(@Nullable String seen, String label) {
    return seen == label;
  }

  private int find(@Nullable String label) throws SQLException {
    if (label == null) {
      throw SqlExceptions.misuse("a column's label is null");
    }
    int found = columns.indexOf(label);
    if (found >= 0) {
      return found;
    }
    int dot = label.lastIndexOf('.');
    for (int i = 0; dot > 0 && i < columns.count(); i++) {
      if (columns.definition(i).name().equalsIgnoreCase(label.substring(dot + 1))
          && columns.definition(i).table().equalsIgnoreCase(label.substring(0, dot))) {
        return i;
      }
    }
    throw new SQLException("no column is labelled '" + label + "'", "S0022");
  }

  @Override
  public ResultSetMetaData getMetaData() throws SQLException {
    requireOpen();
    return new JdbcResultSetMetaData(columns, choices);
  }

  // ---- the end

  @Override
  public void close() throws SQLException {
    if (closed) {
      return;
    }
    closed = true;
    rows.close();
    if (statement != null) {
      statement.resultClosed(this);
    }
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  // ---- what it is

  @Override
  public @Nullable Statement getStatement() throws SQLException {
    requireOpen();
    return statement;
  }

  @Override
  public int getType() throws SQLException {
    requireOpen();
    return kind.type();
  }

  @Override
  public int getConcurrency() throws SQLException {
    requireOpen();
    return CONCUR_READ_ONLY;
  }

  @Override
  public int getHoldability() throws SQLException {
    requireOpen();
    return kind.holdability();
  }

  @Override
  public int getFetchSize() throws SQLException {
    requireOpen();
    return fetchSize;
  }

  @Override
  public void setFetchSize(int rows) throws SQLException {
    requireOpen();
    if (rows < 0 && rows != Integer.MIN_VALUE) {
      throw SqlExceptions.misuse("a fetch size of " + rows);
    }
    fetchSize = rows;
  }

  @Override
  public int getFetchDirection() throws SQLException {
    requireOpen();
    return fetchDirection;
  }

  @Override
  public void setFetchDirection(int direction) throws SQLException {
    requireOpen();
    Settings.requireDirection(direction, kind.type());
    fetchDirection = direction;
  }

  final void warn(String text) {
    warnings = Warnings.of(text);
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    requireOpen();
    return warnings;
  }

  @Override
  public void clearWarnings() throws SQLException {
    requireOpen();
    warnings = null;
  }

  /** Of {@link Row} the current one, whose values can be had without an object for each. */
  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return type == Row.class ? type.cast(row(1)) : Wrappers.unwrap(this, type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type == Row.class || type.isInstance(this);
  }
}
