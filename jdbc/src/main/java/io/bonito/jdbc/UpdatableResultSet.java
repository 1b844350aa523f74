package io.bonito.jdbc;

import io.bonito.protocol.row.Row;
import io.bonito.protocol.value.Parameters;
import io.bonito.protocol.value.WireFormat;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one table that can be changed where they are read.
 *
 * <pre>
 *   current row ──updateX──▶ edits ──updateRow──▶ UPDATE … WHERE key, and the row is read again
 *   insert row  ──updateX──▶ edits ──insertRow──▶ INSERT, and the row is read and put at the end
 * </pre>
 *
 * <p>A row is found by a unique key of its table. A deleted row leaves the result, and the cursor
 * stands before the row that followed it. Leaving a row forgets its edits. The insert row can be
 * written and not read.
 */
final class UpdatableResultSet extends JdbcResultSet implements LabelledUpdates {
  private final JdbcStatement statement;
  private final Rows rows;

  /** Holds the values of edited columns; it is never executed. */
  private @Nullable JdbcPreparedStatement edits;

  private @Nullable RowTarget target;
  private boolean onInsertRow;

  UpdatableResultSet(
      JdbcStatement statement,
      Rows rows,
      JdbcType.Choices choices,
      ResultKind kind,
      int fetchSize) {
    super(statement, rows, choices, kind, fetchSize);
    this.statement = statement;
    this.rows = rows;
  }

  @Override
  public int getConcurrency() throws SQLException {
    rows();
    return CONCUR_UPDATABLE;
  }

  // ---- edits

  @Override
  public PreparedStatement edits(int column) throws SQLException {
    if (onInsertRow) {
      rows();
    } else {
      super.row(column);
    }
    JdbcPreparedStatement open = edits;
    if (open == null) {
      int count = rows.columns().count();
      open = statement.connection().prepare("DO ?" + ", ?".repeat(count - 1));
      edits = open;
    }
    return open;
  }

  private void forgetEdits() throws SQLException {
    if (edits != null) {
      edits.clearParameters();
    }
  }

  private List<Integer> edited() throws SQLException {
    List<Integer> edited = new ArrayList<>();
    JdbcPreparedStatement open = edits;
    for (int i = 0; open != null && i < rows.columns().count(); i++) {
      if (open.slots(1).isSet(i)) {
        edited.add(i);
      }
    }
    return edited;
  }

  @Override
  public void cancelRowUpdates() throws SQLException {
    requireCurrentRow();
    forgetEdits();
  }

  private void requireCurrentRow() throws SQLException {
    if (onInsertRow) {
      throw SqlExceptions.misuse("the cursor is on the insert row: call moveToCurrentRow()");
    }
    super.row(1);
  }

  private RowTarget target() throws SQLException {
    RowTarget found = target;
    if (found == null) {
      found = RowTarget.find(statement.connection(), rows.columns());
      target = found;
    }
    return found;
  }

  // ---- changes

  @Override
  public void updateRow() throws SQLException {
    requireCurrentRow();
    List<Integer> changed = edited();
    if (changed.isEmpty()) {
      return;
    }
    RowTarget table = target();
    try (JdbcPreparedStatement update = statement.connection().prepare(table.update(changed))) {
      giveEdits(update, changed);
      giveKey(update, changed.size(), table, /* edited= */ false, 0);
      requireFound(update.executeLargeUpdate());
    }
    Row row = read(table, /* edited= */ true, 0);
    forgetEdits();
    rows.replace(row);
  }

  private void requireFound(long count) throws SQLException {
    // Counting only changed rows, the server says 0 also where all was as it should be.
    if (count == 0 && !statement.countsChangedRows()) {
      throw gone();
    }
  }

  private static SQLException gone() {
    return SqlExceptions.general("the row is no longer in its table");
  }

  @Override
  public void deleteRow() throws SQLException {
    requireCurrentRow();
    RowTarget table = target();
    try (JdbcPreparedStatement delete = statement.connection().prepare(table.delete())) {
      giveKey(delete, 0, table, /* edited= */ false, 0);
      if (delete.executeLargeUpdate() == 0) {
        throw gone();
      }
    }
    forgetEdits();
    rows.remove();
  }

  @Override
  public void refreshRow() throws SQLException {
    requireCurrentRow();
    forgetEdits();
    rows.replace(read(target(), /* edited= */ false, 0));
  }

  @Override
  public void insertRow() throws SQLException {
    rows();
    if (!onInsertRow) {
      throw SqlExceptions.misuse("the cursor is not on the insert row: call moveToInsertRow()");
    }
    RowTarget table = target();
    List<Integer> given = edited();
    long id;
    try (JdbcPreparedStatement insert = statement.connection().prepare(table.insert(given))) {
      giveEdits(insert, given);
      insert.executeLargeUpdate();
      id = insert.insertId();
    }
    if (isKeyKnown(table, given, id)) {
      rows.append(read(table, /* edited= */ true, id));
    }
    forgetEdits();
  }

  private boolean isKeyKnown(RowTarget table, List<Integer> given, long id) {
    for (int column : table.key()) {
      boolean generated = id != 0 && rows.columns().definition(column).isAutoIncrement();
      if (!given.contains(column) && !generated) {
        return false; // the table's default, whatever that was
      }
    }
    return true;
  }

  /**
   * Reads the row with the current key.
   *
   * @param edited whether the key is that of the edits
   * @param id of the row that was inserted, where the server made one; else 0
   */
  private Row read(RowTarget table, boolean edited, long id) throws SQLException {
    try (JdbcPreparedStatement select = statement.connection().prepare(table.select())) {
      if (rows.columns().format() == WireFormat.TEXT) {
        select.sendAsText();
      }
      giveKey(select, 0, table, edited, id);
      try (ResultSet found = select.executeQuery()) {
        Row row = found.next() ? ((JdbcResultSet) found).row(1) : null;
        if (row == null) {
          throw gone();
        }
        if (!table.fits(row)) {
          throw SqlExceptions.general("the table's columns have changed since its rows were read");
        }
        return row;
      }
    }
  }

  private void giveEdits(JdbcPreparedStatement to, List<Integer> columns) throws SQLException {
    Parameters values = edits == null ? null : edits.slots(1);
    for (int i = 0; values != null && i < columns.size(); i++) {
      to.slots(i + 1).copySlot(i, values, columns.get(i));
    }
  }

  private void giveKey(JdbcPreparedStatement to, int from, RowTarget table, boolean edited, long id)
      throws SQLException {
    int slot = from;
    for (int column : table.key()) {
      Parameters values = edits == null ? null : edits.slots(1);
      slot++;
      if (id != 0 && rows.columns().definition(column).isAutoIncrement()) {
        to.slots(slot).setUnsignedLong(slot - 1, id);
      } else if (edited && values != null && values.isSet(column)) {
        to.slots(slot).copySlot(slot - 1, values, column);
      } else {
        to.setObject(slot, super.row(column + 1).getObject(column));
      }
    }
  }

  // ---- moving

  @Override
  public Row row(int column) throws SQLException {
    if (onInsertRow) {
      throw SqlExceptions.misuse("the insert row can only be written");
    }
    return super.row(column);
  }

  @Override
  public void moveToInsertRow() throws SQLException {
    leave();
    onInsertRow = true;
  }

  @Override
  public void moveToCurrentRow() throws SQLException {
    if (onInsertRow) {
      leave();
    }
  }

  private void leave() throws SQLException {
    rows();
    onInsertRow = false;
    forgetEdits();
  }

  @Override
  public boolean next() throws SQLException {
    leave();
    return super.next();
  }

  @Override
  public boolean previous() throws SQLException {
    leave();
    return super.previous();
  }

  @Override
  public boolean first() throws SQLException {
    leave();
    return super.first();
  }

  @Override
  public boolean last() throws SQLException {
    leave();
    return super.last();
  }

  @Override
  public boolean absolute(int row) throws SQLException {
    leave();
    return super.absolute(row);
  }

  @Override
  public boolean relative(int count) throws SQLException {
    leave();
    return super.relative(count);
  }

  @Override
  public void beforeFirst() throws SQLException {
    leave();
    super.beforeFirst();
  }

  @Override
  public void afterLast() throws SQLException {
    leave();
    super.afterLast();
  }
}
