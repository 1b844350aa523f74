package io.bonito.jdbc;

import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.ResultExchange;
import io.bonito.protocol.exchange.ServerStatement;
import io.bonito.protocol.message.Ok;
import io.bonito.protocol.message.ServerStatus;
import io.bonito.protocol.row.RowStore;
import java.sql.SQLException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What the server answers to one command: results, one after the other.
 *
 * <pre>
 *   stored      all results are read at once; the connection is free
 *   streaming   the current result's rows are read as they are asked for; the rest is on the wire
 * </pre>
 *
 * <p>Used under the link's lock, but for the getters.
 */
final class Answer {
  /** One result: rows, or an update's OK, or, in the place of the last one, an error. */
  record Result(
      @Nullable Rows rows, @Nullable Ok ok, @Nullable SQLException error, boolean outParameters) {}

  private final Link link;
  private final ResultExchange exchange;
  private final boolean streams;
  private final long maxRows;
  private final long command;
  private final long number;
  private final @Nullable String sql;

  private @Nullable Result current;

  /** Results that were read ahead of their time; most commands have none. */
  private @Nullable ArrayDeque<Result> ahead;

  /** What has the current result's rows where they stayed with the server. */
  private @Nullable ServerCursor cursor;

  /** True when the session has said its last about this command. */
  private boolean complete;

  /** True where it is read without the link, which is busy with what is others'. */
  private boolean shared;

  /**
   * @param maxRows rows of each result to let through; 0 for all
   * @param number for {@link Cancels}
   */
  Answer(Link link, ResultExchange exchange, boolean streams, long maxRows, long number) {
    this.link = link;
    this.exchange = exchange;
    this.streams = streams;
    this.maxRows = maxRows;
    this.command = link.commands();
    this.sql = link.latestSql();
    this.number = number;
  }

  /**
   * Reads up to the first result, or all of them where nothing is streamed.
   *
   * @throws SQLException also where it is the last of stored results: who asks for one result only,
   *     or for none, would not hear of it
   */
  void begin() throws SQLException {
    current = read();
    if (complete) {
      return;
    }
    if (streams && rows() != null) {
      link.unlimit(exchange);
      link.streaming(this);
    } else {
      readAhead();
      Result last = ahead == null ? null : ahead.peekLast();
      if (last != null && last.error() != null) {
        throw last.error();
      }
    }
  }

  /** The same for a statement that was executed to have a cursor. */
  void begin(ServerStatement statement, int portion) throws SQLException {
    current = read();
    Rows rows = rows();
    if (rows == null || !takeFirst(rows)) {
      readAhead();
    } else if (complete) {
      cursor = new ServerCursor(link, statement, exchange.columns(), portion);
    } else {
      link.unlimit(exchange);
      link.streaming(this); // the server has sent the rows after all
    }
  }

  /**
   * Looks whether rows follow the columns, or the word that they are in a cursor.
   *
   * @return false where there are none
   */
  private boolean takeFirst(Rows rows) throws SQLException {
    Event event = link.next();
    if (event == Event.ROW) {
      rows.keep().add(exchange.row());
      rows.pause();
      return true;
    }
    take(event);
    if (exchange.ok().has(ServerStatus.CURSOR_EXISTS)) {
      return true;
    }
    rows.ended();
    return false;
  }

  /** The current result's rows; null where it is an update or there is none. */
  @Nullable Rows rows() {
    Result result = current;
    return result == null ? null : result.rows();
  }

  /** The end of the current result where it has no rows. */
  @Nullable Ok ok() {
    Result result = current;
    return result == null ? null : result.ok();
  }

  /** How many rows of the current result came or were changed; -1 where they are streamed. */
  long rowCount() {
    Rows rows = rows();
    Ok ok = ok();
    return rows != null ? rows.arrived() : ok != null ? ok.affectedRows() : 0;
  }

  /**
   * How many warnings the server keeps, which are those of the last result; 0 while that is on the
   * wire.
   */
  int warnings() {
    return current == null || !complete ? 0 : exchange.ok().warnings();
  }

  /** Takes the row of OUT parameters away from the other results, which are all stored. */
  @Nullable Rows takeOutParameters() {
    Result first = current;
    if (first != null && first.outParameters()) {
      return takeRows();
    }
    if (ahead != null) {
      for (Result result : ahead) {
        if (result.outParameters()) {
          ahead.remove(result);
          return result.rows();
        }
      }
    }
    return null;
  }

  /** Takes the first result's rows away; null where it has none. */
  @Nullable Rows takeRows() {
    Result first = current;
    if (first == null || first.rows() == null) {
      return null;
    }
    current = ahead == null ? null : ahead.poll();
    return first.rows();
  }

  /** Whether there may be another result behind the current one. */
  boolean hasMore() {
    return !complete || (ahead != null && !ahead.isEmpty());
  }

  /** Whether no other command has been given since. */
  boolean isLatest() {
    return !shared && link.commands() == command;
  }

  /** Whether the session is others' too. */
  boolean isShared() {
    return shared;
  }

  /** It was read as a whole, and goes to a thread that has nothing to do with the link. */
  void share() {
    if (!complete) {
      throw new IllegalStateException("an answer of which something is still to come");
    }
    shared = true;
  }

  private void lock() {
    if (!shared) {
      link.lock();
    }
  }

  private void unlock() {
    if (!shared) {
      link.unlock();
    }
  }

  /**
   * Goes on to the next result.
   *
   * @return false where there is none
   */
  boolean advance() throws SQLException {
    lock();
    try {
      Rows rows = rows();
      if (rows != null && !complete && rows.isOnWire()) {
        pass(rows);
      }
      current = null;
      if (ahead != null && !ahead.isEmpty()) {
        current = ahead.poll();
      } else if (!complete) {
        current = read();
      }
      Result result = current;
      if (result != null && result.error() != null) {
        current = null;
        throw result.error();
      }
      return result != null;
    } finally {
      unlock();
    }
  }

  /** Gives up what has not been read. */
  void close() throws SQLException {
    lock();
    try {
      Rows rows = rows();
      if (rows != null) {
        rows.ended();
      }
      closeCursor();
      current = null;
      ahead = null;
      if (!complete && link.transport().isOpen()) {
        giveUp();
      }
    } finally {
      unlock();
    }
  }

  /**
   * Brings everything from the wire into memory, since the connection is needed for another
   * command.
   *
   * @throws SQLException where that is too much; the stream goes on then, and the command cannot be
   */
  void storeRest() throws SQLException {
    Rows rows = rows();
    if (rows != null && rows.isOnWire()) {
      try {
        fill(rows, /* pausing= */ true);
      } catch (SQLException e) {
        if (!link.transport().isOpen() || rows.isOnWire()) {
          throw e;
        }
        rows.fail(e);
      }
    }
    readAhead();
  }

  // ---- for Rows, under the lock

  /**
   * Brings further rows of a streamed result, at least one.
   *
   * @return false at its end
   */
  boolean nextRows(RowStore store, int most) throws SQLException {
    ServerCursor kept = cursor;
    if (kept != null) {
      return kept.fetch(store, most);
    }
    Event event = link.next(store, most);
    if (event == Event.ROW) {
      return true;
    }
    take(event);
    return false;
  }

  long maxRows() {
    return maxRows;
  }

  Link link() {
    return link;
  }

  /** Passes over the rest of a streamed result. */
  void pass(Rows rows) throws SQLException {
    boolean more = !rows.hasEnded() && cursor == null;
    rows.ended();
    closeCursor();
    while (more) {
      try {
        Event event = link.next();
        more = event == Event.ROW;
        if (!more) {
          take(event);
        }
      } catch (SQLException e) {
        if (!complete) {
          throw e;
        }
        return; // an error behind rows that nobody wants
      }
    }
  }

  private void closeCursor() throws SQLException {
    ServerCursor kept = cursor;
    cursor = null;
    if (kept != null) {
      kept.close();
    }
  }

  // ---- reading

  /** Reads the next result, with its rows unless they are streamed; null at the end. */
  private @Nullable Result read() throws SQLException {
    while (!complete) {
      Event event = link.next();
      if (event == Event.COLUMNS) {
        Rows rows = new Rows(this, exchange.columns(), streams);
        if (!streams) {
          fill(rows, /* pausing= */ false);
        }
        boolean outParameters = !streams && exchange.ok().has(ServerStatus.PS_OUT_PARAMS);
        return new Result(rows, null, null, outParameters);
      }
      if (take(event)) {
        return new Result(null, exchange.ok(), null, false);
      }
    }
    return null;
  }

  private void readAhead() {
    while (!complete) {
      Result result;
      try {
        result = read();
      } catch (SQLException e) {
        result = new Result(null, null, e, false);
      }
      if (result != null) {
        if (result.rows() != null && result.rows().isOnWire()) {
          storeLater(result.rows());
        }
        if (ahead == null) {
          ahead = new ArrayDeque<>();
        }
        ahead.add(result);
      }
    }
  }

  private void storeLater(Rows rows) {
    try {
      fill(rows, /* pausing= */ false);
    } catch (SQLException e) {
      rows.fail(e);
    }
  }

  /**
   * @param pausing whether a result that is too large stays on the wire with its rest
   */
  private void fill(Rows rows, boolean pausing) throws SQLException {
    if (rows.hasEnded()) {
      return;
    }
    RowStore store = rows.keep();
    Event event = Event.ROW;
    while (event == Event.ROW) {
      int room = rows.room();
      event = room == 0 ? link.next() : link.next(store, room);
      if (event == Event.ROW && !link.hasRoom(rows.unreadBytes())) {
        if (pausing) {
          rows.pause();
          throw tooMuch();
        }
        giveUp();
        throw link.noRoom("");
      }
    }
    rows.ended();
    take(event);
  }

  private SQLException tooMuch() {
    return link.noRoom(
        ", which is being read row by row and would have to be kept for this command to be sent,");
  }

  /** Passes over the rest; an error in it is nobody's any more, unless it ends the connection. */
  private void giveUp() throws SQLException {
    exchange.discard();
    while (!complete) {
      try {
        take(link.next());
      } catch (SQLException e) {
        if (!complete) {
          throw e;
        }
      }
    }
  }

  /**
   * Takes an event that is not about columns or rows.
   *
   * @return whether a result has ended
   */
  private boolean take(Event event) throws SQLException {
    switch (event) {
      case RESULT_END -> {
        if (!exchange.ok().moreResultsFollow()) {
          complete(link.next());
        }
        return true;
      }
      case DONE -> complete(event);
      case FAILED -> {
        complete(event);
        throw link.refused(exchange.error(), sql);
      }
      case COLUMNS, ROW -> {} // of a result that is given up
      case NEED_BYTES, START_TLS, LOCAL_DATA, READY, PREPARED, EXPIRED, CLOSED ->
          throw new IllegalStateException(event + " within an answer");
    }
    return false;
  }

  private void complete(Event event) {
    if (!event.completesExchange()) {
      throw new IllegalStateException(event + " where the end was due");
    }
    complete = true;
    link.cancels().completed(number, event == Event.FAILED ? exchange.error() : null);
    link.streamed(this);
  }
}
