package io.bonito.async;

import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.failure.ErrorKind;
import io.bonito.protocol.failure.SqlStates;
import io.bonito.protocol.message.ServerError;
import io.bonito.protocol.value.ConversionException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a statement has no result, or a connection is not there. SQLState and vendor code are those
 * that the JDBC driver tells in the same case.
 *
 * <pre>
 *   the server said no        serverError() present, the connection goes on unless it says otherwise
 *   the connection is gone    isConnectionLost(); mayHaveRun() says whether repeating is safe
 *   cancelled, or too late    kind() INTERRUPTED or TIMEOUT
 *   a value did not fit       kind() DATA; nothing was sent, or the row could not be read so
 *   it cannot be meant        kind() GENERAL, state HY009 or HY010; nothing was sent
 * </pre>
 */
public final class AsyncException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final String INVALID_ARGUMENT = "HY009";
  private static final String CANNOT_CONVERT = "22018";
  private static final String OUT_OF_TURN = "HY010";
  private static final String NOT_SUPPORTED = "HYC00";
  private static final String NO_CONNECTION = "08003";

  private final ErrorKind kind;
  private final String sqlState;
  private final int vendorCode;
  private final boolean connectionLost;
  private final boolean mayHaveRun;
  private final transient @Nullable ServerError serverError;

  private AsyncException(
      ErrorKind kind, String sqlState, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.sqlState = sqlState;
    this.vendorCode = 0;
    this.connectionLost = false;
    this.mayHaveRun = false;
    this.serverError = null;
  }

  private AsyncException(ErrorKind kind, String sqlState, ServerError error, String message) {
    super(message);
    this.kind = kind;
    this.sqlState = sqlState;
    this.vendorCode = error.code();
    this.connectionLost = ErrorKind.of(error).endsConnection();
    this.mayHaveRun = false;
    this.serverError = error;
  }

  private AsyncException(ErrorKind kind, ConnectionException failure) {
    super(String.valueOf(failure.getMessage()), failure);
    this.kind = kind;
    this.sqlState = failure.sqlState();
    this.serverError = failure.serverError().orElse(null);
    this.vendorCode = serverError == null ? 0 : serverError.code();
    this.connectionLost = true;
    this.mayHaveRun = failure.commandMayHaveRun();
  }

  private AsyncException(String sqlState, int vendorCode, String message, Throwable cause) {
    super(message, cause);
    this.kind = ErrorKind.CONNECTION;
    this.sqlState = sqlState;
    this.vendorCode = vendorCode;
    this.connectionLost = true;
    this.mayHaveRun = false;
    this.serverError = null;
  }

  // ---- making

  /** The server refused a command. */
  static AsyncException of(ServerError error) {
    return new AsyncException(ErrorKind.of(error), SqlStates.of(error), error, error.message());
  }

  /** There is no connection, or no longer. */
  static AsyncException of(ConnectionException failure) {
    ErrorKind kind =
        switch (failure.reason()) {
          case REJECTED -> failure.serverError().map(ErrorKind::of).orElse(ErrorKind.CONNECTION);
          case TIMED_OUT -> ErrorKind.TIMEOUT;
          case UNRESOLVED,
              REFUSED,
              UNREACHABLE,
              TLS,
              LOST,
              MALFORMED,
              DEMAND_REFUSED,
              CLOSED,
              CONFIGURATION ->
              ErrorKind.CONNECTION;
        };
    return new AsyncException(kind, failure);
  }

  /**
   * Whatever ended a command. What the application itself has thrown stays what it is.
   *
   * @param thrown by a transport, or by a mapper
   */
  static RuntimeException of(Throwable thrown) {
    if (thrown instanceof AsyncException known) {
      return known;
    }
    if (thrown instanceof ConnectionException failure) {
      return of(failure);
    }
    if (thrown instanceof ConversionException failure) {
      return new AsyncException(
          ErrorKind.DATA, CANNOT_CONVERT, String.valueOf(failure.getMessage()), failure);
    }
    if (thrown instanceof RuntimeException own) {
      return own;
    }
    return new AsyncException(
        ErrorKind.GENERAL, SqlStates.GENERAL_ERROR, String.valueOf(thrown), thrown);
  }

  /** The session could not be made as the options want it; the connection is closed. */
  static AsyncException startRefused(ServerError error) {
    return of(
        ConnectionException.configuration(
            "the server refused what the options have a session begin with (time_zone is left alone"
                + " by forceConnectionTimeZoneToSession=false): "
                + error.message(),
            null));
  }

  static AsyncException closed() {
    return of(ConnectionException.closed());
  }

  /**
   * For pools: no connection was to be had.
   *
   * @param vendorCode the server's, where it has refused one; 0 else
   */
  public static AsyncException notLent(
      String sqlState, int vendorCode, String message, Throwable cause) {
    return new AsyncException(sqlState, vendorCode, message, cause);
  }

  /** The borrower has given the connection back. */
  static AsyncException returned() {
    return new AsyncException(
        ErrorKind.CONNECTION,
        NO_CONNECTION,
        "this connection is closed: it has gone back to its pool",
        null);
  }

  static AsyncException cancelled() {
    return new AsyncException(
        ErrorKind.INTERRUPTED, SqlStates.QUERY_CANCELLED, "the statement was cancelled", null);
  }

  /** A statement's time is over, and the server was told where it had begun. */
  static AsyncException timedOut(long millis, @Nullable ServerError error) {
    String message = "the statement was cancelled after its timeout of " + millis + " ms";
    return error == null
        ? new AsyncException(ErrorKind.TIMEOUT, SqlStates.QUERY_CANCELLED, message, null)
        : new AsyncException(ErrorKind.TIMEOUT, SqlStates.QUERY_CANCELLED, error, message);
  }

  /** The caller asked for something that cannot be meant. */
  static AsyncException misuse(String message) {
    return new AsyncException(ErrorKind.GENERAL, INVALID_ARGUMENT, message, null);
  }

  /** Something was used after its end, or before its beginning. */
  static AsyncException outOfTurn(String message) {
    return new AsyncException(ErrorKind.GENERAL, OUT_OF_TURN, message, null);
  }

  static AsyncException notSupported(String message) {
    return new AsyncException(ErrorKind.UNSUPPORTED, NOT_SUPPORTED, message, null);
  }

  static AsyncException tooLarge(long limit) {
    return new AsyncException(
        ErrorKind.GENERAL,
        SqlStates.GENERAL_ERROR,
        "the result has more than "
            + limit
            + " bytes: read it with publish, or raise"
            + " maxResultBytes",
        null);
  }

  // ---- reading

  public ErrorKind kind() {
    return kind;
  }

  /** Five characters. */
  public String sqlState() {
    return sqlState;
  }

  /** The server's code; 0 where the error is the driver's own. */
  public int vendorCode() {
    return vendorCode;
  }

  /** Whether the connection is closed, or was never made. */
  public boolean isConnectionLost() {
    return connectionLost;
  }

  /** Whether the server may have carried out a command whose answer never came. */
  public boolean mayHaveRun() {
    return mayHaveRun;
  }

  /** What the server said, where it said anything; its text is verbatim. */
  public Optional<ServerError> serverError() {
    return Optional.ofNullable(serverError);
  }
}
