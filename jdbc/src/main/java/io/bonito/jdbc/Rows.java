package io.bonito.jdbc;

import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.row.Columns;
import io.bonito.protocol.row.Row;
import io.bonito.protocol.row.RowStore;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one result, and where in them the reader stands.
 *
 * <pre>
 *   stored      [ all rows ]                                      in any direction
 *                   ▲ position
 *   streamed    passed [ rows that have arrived ] [ rest ] wire   forward only
 *                              ▲ position
 * </pre>
 *
 * <p>Rows that have arrived are read without a lock; further ones are brought under the link's, in
 * the place of those that have been read. Where the connection is needed for something else, the
 * rest of a streamed result goes into a store of its own, so that the reader is not disturbed; as
 * much of it as is allowed.
 */
final class Rows {
  private final Columns columns;
  private final @Nullable Answer answer;
  private final boolean streamed;

  /** The row that the store is read with. */
  private final Row row;

  /** The rows to read from; belongs to the reader. */
  private @Nullable RowStore store;

  /** Index of the current row in the store; -1 before the first. */
  private int position = -1;

  /** Rows that were read from the store before those that it holds now. */
  private long passed;

  /** The row to read; null before the first and behind the last one. */
  private @Nullable Row current;

  private boolean behindLast;

  // Under the link's lock.

  private @Nullable RowStore rest;

  /** True while all that is on the wire goes into memory. */
  private boolean inMemory;

  /** True when nothing more is on the wire. */
  private boolean ended;

  private @Nullable SQLException failure;

  Rows(Answer answer, Columns columns, boolean streamed) {
    this.answer = answer;
    this.columns = columns;
    this.streamed = streamed;
    this.row = new Row(columns);
  }

  /** Rows that never were on a wire. */
  Rows(Columns columns, RowStore store) {
    this.answer = null;
    this.columns = columns;
    this.streamed = false;
    this.row = new Row(columns);
    this.store = store;
    this.inMemory = true;
    this.ended = true;
  }

  Columns columns() {
    return columns;
  }

  /** The row to read; null before the first and behind the last one. */
  @Nullable Row current() {
    return current;
  }

  boolean isBehindLast() {
    return behindLast;
  }

  /** Moves to the next row; false behind the last one. */
  boolean next() throws SQLException {
    RowStore kept = store;
    int index = position + 1;
    if (kept != null && index < kept.count()) {
      moveTo(kept, index);
      return true;
    }
    return nextStore();
  }

  private boolean nextStore() throws SQLException {
    current = null;
    Answer source = answer;
    if (streamed && source != null) {
      source.link().lock();
      try {
        if (follow(source)) {
          return true;
        }
      } finally {
        source.link().unlock();
      }
    }
    RowStore kept = store;
    position = kept == null ? 0 : kept.count();
    behindLast = true;
    throwFailure();
    return false;
  }

  /** Goes on to rows that have not been read; under the lock. */
  private boolean follow(Answer source) throws SQLException {
    RowStore following = rest;
    if (following == null && (inMemory || ended)) {
      return false;
    }
    RowStore read = store;
    if (read != null) {
      passed += read.count();
    }
    position = -1;
    if (following != null) {
      rest = null;
      store = following;
    } else {
      following = read == null ? RowStores.take() : read;
      following.clear();
      store = following;
      bring(source, following);
    }
    if (following.count() == 0) {
      return false;
    }
    moveTo(following, 0);
    return true;
  }

  private void bring(Answer source, RowStore into) throws SQLException {
    int most = room();
    if (most == 0) {
      source.pass(this);
      return;
    }
    if (!source.link().transport().isOpen()) {
      throw SqlExceptions.connectionClosed();
    }
    boolean more = false;
    try {
      more = source.nextRows(into, most);
    } finally {
      ended = !more;
    }
  }

  private void moveTo(RowStore kept, int index) throws SQLException {
    position = index;
    behindLast = false;
    try {
      kept.moveTo(index, row);
    } catch (MalformedPacketException e) {
      throw broken(e);
    }
    current = row;
  }

  /** What has arrived is no row: nothing that this server says can be relied on. */
  private SQLException broken(MalformedPacketException e) {
    current = null;
    if (answer == null) {
      return SqlExceptions.conversion(e);
    }
    Link link = answer.link();
    link.transport().abort();
    return SqlExceptions.of(
        ConnectionException.malformed(link.options().target(), /* commandMayHaveRun= */ true, e));
  }

  private void throwFailure() throws SQLException {
    SQLException error = failure;
    if (error != null) {
      failure = null;
      throw error;
    }
  }

  /** Gives up what was not read. */
  void close() throws SQLException {
    current = null;
    RowStore kept = store;
    Answer source = answer;
    if (source == null) {
      return;
    }
    store = null;
    if (streamed) {
      source.link().lock();
      try {
        rest = null;
        if (!inMemory && !ended && source.link().transport().isOpen()) {
          source.pass(this);
        }
        ended = true;
      } finally {
        source.link().unlock();
      }
    }
    if (kept != null) {
      RowStores.giveBack(kept);
    }
  }

  // ---- filling, under the link's lock

  /** Whether rows may be on the wire that nobody has been told to keep. */
  boolean isOnWire() {
    return streamed && !inMemory && !ended;
  }

  boolean hasEnded() {
    return ended;
  }

  void ended() {
    ended = true;
  }

  /** From here on all rows are kept. */
  RowStore keep() {
    inMemory = true;
    RowStore filled = streamed ? rest : store;
    if (filled == null) {
      filled = RowStores.take();
    }
    if (streamed) {
      rest = filled;
    } else {
      store = filled;
    }
    return filled;
  }

  /** No more rows are kept; the others follow on the wire. */
  void pause() {
    inMemory = false;
  }

  /** About how many bytes of rows are kept and have not been read. */
  long unreadBytes() {
    RowStore kept = store;
    long unread = rest == null ? 0 : rest.size();
    if (kept != null && kept.count() > 0) {
      unread += kept.size() * (kept.count() - Math.max(0, position)) / kept.count();
    }
    return unread;
  }

  /** How many more rows are wanted. */
  int room() {
    long most = answer == null ? 0 : answer.maxRows();
    if (most == 0) {
      return Integer.MAX_VALUE;
    }
    long arrived = passed + count(store) + count(rest);
    return (int) Math.min(most - arrived, Integer.MAX_VALUE);
  }

  private static int count(@Nullable RowStore rows) {
    return rows == null ? 0 : rows.count();
  }

  /** What to throw behind the rows that arrived. */
  void fail(SQLException error) {
    failure = error;
  }

  /** How many rows there are; -1 where they are streamed. */
  long arrived() {
    return streamed ? -1 : count(store);
  }

  // ---- scrolling, in stored results

  boolean isStored() {
    return !streamed;
  }

  /** How many rows there are. */
  int count() throws SQLException {
    return kept().count();
  }

  /** The current row's number, from 1; 0 where there is none. */
  long number() {
    return current == null ? 0 : passed + position + 1;
  }

  int position() {
    return position;
  }

  /** Moves to a row by its index from 0; before the first and behind the last there is none. */
  boolean moveTo(int index) throws SQLException {
    RowStore kept = kept();
    if (index >= 0 && index < kept.count()) {
      moveTo(kept, index);
      return true;
    }
    current = null;
    behindLast = index >= 0;
    position = index < 0 ? -1 : kept.count();
    if (behindLast) {
      throwFailure();
    }
    return false;
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
    if (streamed || kept == null) {
      throw SqlExceptions.notSupported("rows that are streamed can only be read forward");
    }
    return kept;
  }
}
