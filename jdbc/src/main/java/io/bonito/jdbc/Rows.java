package io.bonito.jdbc;

import io.bonito.protocol.row.Columns;
import io.bonito.protocol.row.Row;
import io.bonito.protocol.row.RowStore;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one result, and where in them the reader stands.
 *
 * <pre>
 *   stored      position ──▶ RowStore ──▶ current      no lock, and in any direction
 *   streamed    next event of the session ──▶ current  under the link's lock, forward only
 *   paused      stored first, then streamed again
 * </pre>
 *
 * <p>A streamed result becomes a stored one when its connection is needed for something else. Its
 * current row is kept then. Where that would take too much memory it is paused, and the connection
 * stays its own.
 */
final class Rows {
  private final Columns columns;
  private final @Nullable Answer answer;

  /** The row that the session fills, or that the store is read with. */
  private Row row;

  private @Nullable RowStore store;

  /** Index of the current row among those stored; -1 before the first. */
  private int position = -1;

  /** Rows that were current before the first one in the store. */
  private long passed;

  /** The row to read; null before the first and behind the last one. */
  private @Nullable Row current;

  /** True when a streamed result has no more rows on the wire. */
  private boolean ended;

  /** True where rows follow on the wire behind those in the store. */
  private boolean paused;

  private long storedBytes;
  private @Nullable SQLException failure;

  Rows(@Nullable Answer answer, Columns columns, Row row) {
    this.answer = answer;
    this.columns = columns;
    this.row = row;
  }

  /** Rows that never were on a wire. */
  Rows(Columns columns, RowStore store) {
    this(null, columns, new Row(columns));
    this.store = store;
    this.ended = true;
  }

  Columns columns() {
    return columns;
  }

  /** The row to read; null before the first and behind the last one. */
  @Nullable Row current() {
    return current;
  }

  boolean isStored() {
    return store != null;
  }

  boolean isPaused() {
    return paused;
  }

  /** Whether rows may be on the wire. */
  boolean isOnWire() {
    return store == null || paused;
  }

  boolean hasEnded() {
    return ended;
  }

  /** Moves to the next row; false behind the last one. */
  boolean next() throws SQLException {
    RowStore kept = store;
    return kept == null ? nextStreamed() : moveTo(kept, position + 1);
  }

  private boolean nextStreamed() throws SQLException {
    Answer source = source();
    Link link = source.link();
    link.lock();
    try {
      RowStore kept = store;
      if (kept != null) { // another thread has stored it meanwhile
        return moveTo(kept, position + 1);
      }
      current = null;
      if (ended) {
        return false;
      }
      if (source.maxRows() > 0 && passed == source.maxRows()) {
        source.pass(this);
        return false;
      }
      if (!link.transport().isOpen()) {
        throw SqlExceptions.connectionClosed();
      }
      try {
        if (source.nextRow()) {
          passed++;
          current = row;
          return true;
        }
      } catch (SQLException e) {
        ended = true;
        throw e;
      }
      ended = true;
      return false;
    } finally {
      link.unlock();
    }
  }

  /** Gives up what was not read. */
  void close() throws SQLException {
    current = null;
    RowStore kept = store;
    Answer source = answer;
    if (kept != null && source != null && source.isComplete()) {
      store = null;
      ended = true;
      RowStores.giveBack(kept);
      return;
    }
    if (source == null || !isOnWire() || ended) {
      return;
    }
    source.link().lock();
    try {
      if (isOnWire() && source.link().transport().isOpen()) {
        source.pass(this);
      }
      ended = true;
    } finally {
      source.link().unlock();
    }
  }

  private Answer source() {
    if (answer == null) {
      throw new IllegalStateException("rows without an answer");
    }
    return answer;
  }

  // ---- stored

  /** From here on rows are kept, the current one first. */
  void store() {
    RowStore kept = RowStores.take();
    RowStore before = store;
    if (before != null) {
      storeAgain(before, kept);
    } else if (current != null) {
      kept.add(current);
      // The session goes on filling its own row while this one is read.
      Row own = new Row(columns);
      kept.moveTo(0, own);
      current = own;
      row = own;
      position = 0;
      passed--;
    } else {
      row = new Row(columns);
      if (passed > 0) {
        ended = true;
      }
    }
    store = kept;
  }

  /** Keeps of a paused result what is not read, so that there is room for more. */
  private void storeAgain(RowStore before, RowStore kept) {
    int from = Math.max(position, 0);
    Row mover = new Row(columns);
    storedBytes = 0;
    for (int i = from; i < before.count(); i++) {
      before.moveTo(i, mover);
      kept.add(mover);
      storedBytes += mover.size();
    }
    passed += from;
    paused = false;
    if (position >= 0) {
      position = 0;
      kept.moveTo(0, row);
    }
    RowStores.giveBack(before);
  }

  /** Whether half of what a paused result keeps has been read. */
  boolean isHalfRead() {
    RowStore kept = store;
    return kept != null && position >= kept.count() / 2;
  }

  /**
   * Keeps a row.
   *
   * @return how many bytes all rows have that were kept
   */
  long add(Row arrived) {
    RowStore kept = store;
    if (kept == null || answer == null) {
      throw new IllegalStateException("no store");
    }
    if (answer.maxRows() > 0 && passed + kept.count() >= answer.maxRows()) {
      return storedBytes;
    }
    storedBytes += arrived.size();
    kept.add(arrived);
    return storedBytes;
  }

  /** No more rows are kept; the others follow on the wire. */
  void pause() {
    paused = true;
  }

  /** All that was kept has been read. */
  private void resume(RowStore kept) {
    passed += kept.count();
    paused = false;
    storedBytes = 0;
    position = -1;
    store = null;
    current = null;
    row = source().sessionRow();
    RowStores.giveBack(kept);
  }

  void ended() {
    ended = true;
  }

  /** What to throw behind the rows that arrived. */
  void fail(SQLException error) {
    failure = error;
  }

  private boolean moveTo(RowStore kept, int index) throws SQLException {
    if (index < kept.count()) {
      position = index;
      kept.moveTo(index, row);
      current = row;
      return true;
    }
    if (paused) {
      resume(kept);
      return nextStreamed();
    }
    position = kept.count();
    current = null;
    SQLException error = failure;
    if (error != null) {
      failure = null;
      throw error;
    }
    return false;
  }

  // ---- scrolling, in stored results

  /** How many rows there are. */
  int count() throws SQLException {
    return kept().count();
  }

  /** The current row's number, from 1; 0 where there is none. */
  long number() {
    if (current == null) {
      return 0;
    }
    return store == null ? passed : passed + position + 1;
  }

  int position() {
    return position;
  }

  /** Moves to a row by its index from 0; before the first and behind the last there is none. */
  boolean moveTo(int index) throws SQLException {
    RowStore kept = kept();
    if (index < 0) {
      position = -1;
      current = null;
      return false;
    }
    return moveTo(kept, Math.min(index, kept.count()));
  }

  // ---- changes, in stored results

  /** Puts another row in the place of the current one. */
  void replace(Row other) throws SQLException {
    RowStore kept = kept();
    kept.replace(position, other);
    kept.moveTo(position, row);
  }

  /** Takes the current row out; the reader stands before the row behind it. */
  void remove() throws SQLException {
    kept().remove(position);
    position--;
    current = null;
  }

  /** Adds a row behind all others. */
  void append(Row other) throws SQLException {
    RowStore kept = kept();
    boolean behind = position == kept.count();
    kept.add(other);
    if (behind) {
      position++;
    }
  }

  private RowStore kept() throws SQLException {
    RowStore kept = store;
    if (kept == null) {
      throw SqlExceptions.notSupported("rows that are streamed can only be read forward");
    }
    return kept;
  }
}
