package io.bonito.jdbc;

import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/** What a statement was told about how to execute. */
final class Settings {
  private final int resultSetType;
  private int fetchSize;
  private long maxRows;
  private int timeoutSeconds;
  private boolean escapes = true;
  private boolean poolable;

  Settings(ConnectionOptions options, int resultSetType) {
    this.resultSetType = resultSetType;
    this.fetchSize = options.get(Options.DEFAULT_FETCH_SIZE);
  }

  /** Whether rows are read from the socket as they are asked for. */
  boolean streams() {
    return fetchSize != 0 && resultSetType == ResultSet.TYPE_FORWARD_ONLY;
  }

  int resultSetType() {
    return resultSetType;
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
}
