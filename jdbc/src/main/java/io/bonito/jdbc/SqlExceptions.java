package io.bonito.jdbc;

import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.failure.ErrorKind;
import io.bonito.protocol.failure.SqlStates;
import io.bonito.protocol.message.ServerError;
import io.bonito.protocol.option.OptionException;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLNonTransientException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import org.jspecify.annotations.Nullable;

/**
 * Makes every SQLException that this driver throws; the one place where a failure gets its class.
 *
 * <p>A server's text stays verbatim, since libraries cut the names of constraints out of it. Its
 * code is the vendor code; the driver's own failures have none.
 */
final class SqlExceptions {
  /** "Optional feature not implemented". The standard's 0A000 makes pools drop connections. */
  private static final String NOT_SUPPORTED = "HYC00";

  private static final String INVALID_ARGUMENT = "HY009";
  private static final String CANNOT_CONVERT = "22018";
  private static final String OBJECT_CLOSED = "HY010";

  private SqlExceptions() {}

  /** The server refused a command. */
  static SQLException of(ServerError error) {
    return of(error, error.message(), null);
  }

  /** The same, with a message of ours that holds the server's. */
  static SQLException of(ServerError error, String message) {
    return of(error, message, null);
  }

  private static SQLException of(ServerError error, String message, @Nullable Throwable cause) {
    String state = SqlStates.of(error);
    int code = error.code();
    return switch (ErrorKind.of(error)) {
      case INTEGRITY -> new SQLIntegrityConstraintViolationException(message, state, code, cause);
      // Missing rights too: their state is 42000, and both rivals go by that.
      case SYNTAX, DENIED ->
          state.startsWith("42")
              ? new SQLSyntaxErrorException(message, state, code, cause)
              : new SQLException(message, state, code, cause);
      case DATA -> new SQLDataException(message, state, code, cause);
      case TRUNCATION -> new ValueTruncation(message, state, code);
      case ROLLBACK -> new SQLTransactionRollbackException(message, state, code, cause);
      case LOCK_UNAVAILABLE -> new SQLTransientException(message, state, code, cause);
      case TIMEOUT -> new SQLTimeoutException(message, state, code, cause);
      case INTERRUPTED -> new SQLNonTransientException(message, state, code, cause);
      case AUTHENTICATION -> new SQLInvalidAuthorizationSpecException(message, state, code, cause);
      case CONNECTION -> new SQLNonTransientConnectionException(message, state, code, cause);
      case CAPACITY ->
          state.startsWith("08")
              ? new SQLTransientConnectionException(message, state, code, cause)
              : new SQLTransientException(message, state, code, cause);
      case UNSUPPORTED -> new SQLFeatureNotSupportedException(message, state, code, cause);
      case READ_ONLY, XA, GENERAL -> new SQLException(message, state, code, cause);
    };
  }

  /** The session could not be made as the options want it; the connection is closed. */
  static SQLException startRefused(ServerError error) {
    return of(
        error,
        "the server refused to set variables of the session (time_zone is left alone by"
            + " forceConnectionTimeZoneToSession=false, sql_mode by jdbcCompliantTruncation=false): "
            + error.message(),
        null);
  }

  /** There is no connection, or no longer. */
  static SQLException of(ConnectionException failure) {
    String message = String.valueOf(failure.getMessage());
    ServerError error = failure.serverError().orElse(null);
    int code = error == null ? 0 : error.code();
    String state = failure.sqlState();
    return switch (failure.reason()) {
      case REJECTED ->
          error == null
              ? new SQLNonTransientConnectionException(message, state, code, failure)
              : of(error, message, failure);
      case TIMED_OUT -> new SQLTimeoutException(message, state, code, failure);
      case UNRESOLVED,
          REFUSED,
          UNREACHABLE,
          TLS,
          LOST,
          MALFORMED,
          DEMAND_REFUSED,
          CLOSED,
          CONFIGURATION ->
          new SQLNonTransientConnectionException(message, state, code, failure);
    };
  }

  /** A value is not, or cannot be, of the Java type that was asked for. */
  static SQLException conversion(RuntimeException failure) {
    return new SQLDataException(String.valueOf(failure.getMessage()), CANNOT_CONVERT, 0, failure);
  }

  static SQLException option(OptionException failure) {
    return new SQLNonTransientConnectionException(
        String.valueOf(failure.getMessage()), SqlStates.INVALID_OPTION, 0, failure);
  }

  /** Something that JDBC has and this driver, or the servers, have not. */
  static SQLFeatureNotSupportedException notSupported(String what) {
    return new SQLFeatureNotSupportedException(what, NOT_SUPPORTED);
  }

  /** The caller asked for something that cannot be meant. */
  static SQLException misuse(String message) {
    return new SQLException(message, INVALID_ARGUMENT);
  }

  /** A statement or result was used after its end. */
  static SQLException closed(String what) {
    return new SQLException("the " + what + " is closed", OBJECT_CLOSED);
  }

  /** The connection had to be closed, and what was asked for may have been done. */
  static SQLException lost(String message) {
    return new SQLNonTransientConnectionException(message, "08007");
  }

  static SQLException connectionClosed() {
    return of(ConnectionException.closed());
  }

  static SQLException cancelled(String message) {
    return new SQLNonTransientException(message, SqlStates.QUERY_CANCELLED);
  }

  static SQLException timedOut(String message) {
    return new SQLTimeoutException(message, SqlStates.QUERY_CANCELLED);
  }

  /** There was no room for it; nothing was sent. */
  static SQLException crowded(String message) {
    return new SQLTransientConnectionException(message, "08001");
  }

  static SQLException general(String message) {
    return new SQLException(message, SqlStates.GENERAL_ERROR);
  }
}
