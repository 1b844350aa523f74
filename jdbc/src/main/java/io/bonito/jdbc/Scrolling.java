package io.bonito.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;

/** The moves of a {@link ResultSet} other than to the next row; they need a stored result. */
interface Scrolling extends ResultSet {
  /** The rows; an error where the result set is closed. */
  Rows rows() throws SQLException;

  private Rows stored() throws SQLException {
    Rows rows = rows();
    if (getType() == TYPE_FORWARD_ONLY) {
      throw SqlExceptions.misuse(
          "this result can only be read forward: ask for TYPE_SCROLL_INSENSITIVE");
    }
    return rows;
  }

  @Override
  default boolean isBeforeFirst() throws SQLException {
    Rows rows = rows();
    return rows.current() == null
        && !rows.isBehindLast()
        && rows.position() < 0
        && (!rows.isStored() || rows.count() > 0);
  }

  @Override
  default boolean isAfterLast() throws SQLException {
    Rows rows = rows();
    if (!rows.isStored()) {
      return rows.isBehindLast();
    }
    return rows.count() > 0 && rows.position() >= rows.count();
  }

  @Override
  default boolean isFirst() throws SQLException {
    return rows().number() == 1;
  }

  @Override
  default boolean isLast() throws SQLException {
    Rows rows = rows();
    return rows.current() != null && rows.position() == rows.count() - 1;
  }

  @Override
  default void beforeFirst() throws SQLException {
    stored().moveTo(-1);
  }

  @Override
  default void afterLast() throws SQLException {
    stored().moveTo(Integer.MAX_VALUE);
  }

  @Override
  default boolean first() throws SQLException {
    return stored().moveTo(0);
  }

  @Override
  default boolean last() throws SQLException {
    Rows rows = stored();
    return rows.moveTo(rows.count() - 1);
  }

  @Override
  default int getRow() throws SQLException {
    return (int) Math.min(rows().number(), Integer.MAX_VALUE);
  }

  @Override
  default boolean absolute(int row) throws SQLException {
    Rows rows = stored();
    return rows.moveTo(row >= 0 ? row - 1 : Math.max(-1, rows.count() + row));
  }

  @Override
  default boolean relative(int count) throws SQLException {
    Rows rows = stored();
    long index = (long) rows.position() + count;
    return rows.moveTo((int) Math.max(-1, Math.min(index, rows.count())));
  }

  @Override
  default boolean previous() throws SQLException {
    Rows rows = stored();
    return rows.moveTo(Math.max(-1, rows.position() - 1));
  }
}
