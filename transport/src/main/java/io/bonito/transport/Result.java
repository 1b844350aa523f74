package io.bonito.transport;

import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.ResultExchange;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.message.Ok;
import io.bonito.protocol.row.Columns;
import io.bonito.protocol.row.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the server answered to one statement; rows come as they are asked for.
 *
 * <pre>{@code
 * try (Result result = connection.query("SELECT id, name FROM t WHERE id > ?", 10)) {
 *   while (result.next()) {
 *     show(result.row().getLong(0), result.row().getString(1));
 *   }
 * }
 * List<String> names = connection.query("SELECT name FROM t").list(row -> row.getString(0));
 * long id = connection.query("INSERT INTO t (name) VALUES (?)", "Ada").insertId();
 * }</pre>
 *
 * <p>A result with rows keeps the connection busy until it has been read to its end or closed; one
 * without is complete at once.
 */
public final class Result implements AutoCloseable {
  private final BlockingConnection connection;
  private final ResultExchange exchange;
  private @Nullable Columns columns;
  private @Nullable Ok ok;
  private boolean atRow;
  private boolean complete;

  Result(BlockingConnection connection, ResultExchange exchange) {
    this.connection = connection;
    this.exchange = exchange;
  }

  /** Awaits the head of the first or next result. */
  void begin() throws ConnectionException, QueryFailedException {
    columns = null;
    ok = null;
    Event event = advance();
    if (event == Event.COLUMNS) {
      columns = exchange.columns();
    } else {
      ended();
    }
  }

  /** Whether it has rows, be there none of them. */
  public boolean hasRows() {
    return columns != null;
  }

  /** Names, types and more of the rows' values. */
  public Columns columns() {
    if (columns == null) {
      throw new IllegalStateException("this statement has no rows");
    }
    return columns;
  }

  /** Goes to the next row; false behind the last. */
  public boolean next() throws ConnectionException, QueryFailedException {
    atRow = false;
    if (columns == null || ok != null) {
      return false;
    }
    connection.enter();
    try {
      Event event = advance();
      atRow = event == Event.ROW;
      if (!atRow) {
        ended();
      }
      return atRow;
    } finally {
      connection.leave();
    }
  }

  /** The current row: the same object for all of them, valid until the next call of next. */
  public Row row() {
    if (!atRow) {
      throw new IllegalStateException("next() has not gone to a row");
    }
    return exchange.row();
  }

  /** Reads all rows that are left, and what other results follow. */
  public <T extends @Nullable Object> List<T> list(Function<Row, T> mapping)
      throws ConnectionException, QueryFailedException {
    try (this) {
      List<T> list = new ArrayList<>();
      while (next()) {
        list.add(mapping.apply(row()));
      }
      return list;
    }
  }

  /** Of a statement with rows, known once they have been read. Unsigned. */
  public long affectedRows() {
    return end().affectedRows();
  }

  /** The first number that AUTO_INCREMENT gave; 0 where it gave none. Unsigned. */
  public long insertId() {
    return end().insertId();
  }

  public int warnings() {
    return end().warnings();
  }

  /** Text for people, such as {@code Records: 3 Duplicates: 0 Warnings: 0}; may be empty. */
  public String info() {
    return end().info();
  }

  /**
   * Goes to the next result of a CALL, or of several statements in one text; passes over the rows
   * that are left of this one.
   *
   * @return false where there is none
   */
  public boolean nextResult() throws ConnectionException, QueryFailedException {
    while (next()) {
      atRow = false;
    }
    if (complete) {
      return false;
    }
    connection.enter();
    try {
      begin();
      return true;
    } finally {
      connection.leave();
    }
  }

  /** Passes over what has not been read, so that the connection can be used for something else. */
  @Override
  public void close() throws ConnectionException {
    atRow = false;
    if (complete || !connection.isConnected()) {
      return;
    }
    connection.enter();
    try {
      exchange.discard();
      while (!complete) {
        Event event = advance();
        if (event == Event.RESULT_END) {
          ended();
        }
      }
    } catch (QueryFailedException e) {
      // Whoever closes has seen enough of it.
      complete();
    } finally {
      connection.leave();
    }
  }

  private Event advance() throws ConnectionException, QueryFailedException {
    try {
      Event event = connection.transport().next();
      if (event == Event.FAILED) {
        throw new QueryFailedException(exchange.error());
      }
      return event;
    } catch (QueryFailedException | ConnectionException e) {
      complete();
      throw e;
    }
  }

  /** After the end of a result: of the last one nothing is left but to say so. */
  private void ended() throws ConnectionException, QueryFailedException {
    ok = exchange.ok();
    if (exchange.isComplete()) {
      advance(); // DONE
      complete();
    }
  }

  private void complete() {
    if (!complete) {
      complete = true;
      connection.release(this);
    }
  }

  private Ok end() {
    if (ok == null) {
      throw new IllegalStateException("the rows of this result have not been read yet");
    }
    return ok;
  }
}
