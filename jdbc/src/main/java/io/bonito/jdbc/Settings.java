package io.bonito.jdbc;

import io.bonito.protocol.option.CompatibilityOptions;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/** What a statement was told about how to execute. */
final class Settings {
  private final ResultKind kind;
  private final boolean cursors;
  private int fetchSize;
  private long maxRows;
  private int timeoutSeconds;
  private boolean escapes;
  private boolean poolable;
  private int fetchDirection = ResultSet.FETCH_FORWARD;
  private int maxFieldSize;

  Settings(ConnectionOptions options, ResultKind kind, boolean poolable) {
    this.kind = kind;
    this.poolable = poolable;
    this.fetchSize = options.get(Options.DEFAULT_FETCH_SIZE);
    this.cursors = options.get(CompatibilityOptions.USE_CURSOR_FETCH);
    this.maxRows = Math.max(0, options.get(CompatibilityOptions.MAX_ROWS));
    this.escapes =
        options.get(
            poolable
                ? CompatibilityOptions.PROCESS_ESCAPES_FOR_PREPARED
                : CompatibilityOptions.ENABLE_ESCAPE_PROCESSING);
  }

  /** Whether rows are read from the socket as they are asked for. */
  boolean streams() {
    return fetchSize != 0 && kind.type() == ResultSet.TYPE_FORWARD_ONLY && !kind.isUpdatable();
  }

  /** Whether rows stay with the server until they are asked for. */
  boolean usesCursors() {
    return cursors && fetchSize > 0 && streams();
  }

  ResultKind kind() {
    return kind;
  }

  int fetchSize() {
    return fetchSize;
  }

  void fetchSize(int rows) throws SQLException {
    // The smallest int has been Connector/J's word for streaming for twenty years.
    if (rows < 0 && rows != Integer.MIN_VALUE) {
      throw SqlExceptions.misuse("a fetch size of " + rows);
    }
    fetchSize = rows;
  }

  long maxRows() {
    return maxRows;
  }

  void maxRows(long rows) throws SQLException {
    if (rows < 0) {
      throw SqlExceptions.misuse("at most " + rows + " rows");
    }
    maxRows = rows;
  }

  int timeoutSeconds() {
    return timeoutSeconds;
  }

  long timeoutNanos() {
    return TimeUnit.SECONDS.toNanos(timeoutSeconds);
  }

  void timeoutSeconds(int seconds) throws SQLException {
    if (seconds < 0) {
      throw SqlExceptions.misuse("a timeout of " + seconds + " seconds");
    }
    timeoutSeconds = seconds;
  }

  boolean escapes() {
    return escapes;
  }

  void escapes(boolean on) {
    escapes = on;
  }

  boolean poolable() {
    return poolable;
  }

  void poolable(boolean on) {
    poolable = on;
  }

  int fetchDirection() {
    return fetchDirection;
  }

  void fetchDirection(int direction) throws SQLException {
    requireDirection(direction, kind.type());
    fetchDirection = direction;
  }

  /** Refuses what is no direction, or not one of this kind of result. */
  static void requireDirection(int direction, int type) throws SQLException {
    switch (direction) {
      case ResultSet.FETCH_FORWARD -> {}
      case ResultSet.FETCH_REVERSE, ResultSet.FETCH_UNKNOWN -> {
        if (type == ResultSet.TYPE_FORWARD_ONLY) {
          throw SqlExceptions.misuse("this result can only be read forward");
        }
      }
      default -> throw SqlExceptions.misuse("fetch direction " + direction);
    }
  }

  /** Bytes or characters of a value that getters give at most; 0 for all. */
  int maxFieldSize() {
    return maxFieldSize;
  }

  void maxFieldSize(int size) throws SQLException {
    if (size < 0) {
      throw SqlExceptions.misuse("a field size of " + size);
    }
    maxFieldSize = size;
  }
}
