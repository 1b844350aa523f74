package io.bonito.protocol.failure;

import io.bonito.protocol.message.ServerError;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * There is no connection, or no longer. Whatever was open is closed before this is thrown; the next
 * attempt to connect starts anew.
 *
 * <pre>
 *   nothing was sent that could have run     commandMayHaveRun() false    repeating is safe
 *   the answer to a command never came       commandMayHaveRun() true     only the caller can know
 * </pre>
 *
 * <p>Messages name the target as {@code host:port} or a path, never a URL or a password.
 */
public final class ConnectionException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Why there is no connection. */
  public enum Reason {
    /** The name has no address. */
    UNRESOLVED,
    /** The machine answered that nobody listens there. */
    REFUSED,
    /** No way leads to the machine. */
    UNREACHABLE,
    /** The deadline passed. */
    TIMED_OUT,
    /** The server answered with an error instead of a login; {@link #serverError} has it. */
    REJECTED,
    /** No TLS, or not with whom it should be. */
    TLS,
    /** There was a connection; it broke. */
    LOST,
    /** The peer does not speak the protocol. */
    MALFORMED,
    /** The peer asked for something that it does not get. */
    DEMAND_REFUSED,
    /** We closed it ourselves, earlier. */
    CLOSED,
    /** The options cannot be carried out; nothing was sent. */
    CONFIGURATION
  }

  private final Reason reason;
  private final boolean commandMayHaveRun;
  private final transient @Nullable ServerError serverError;

  private ConnectionException(
      Reason reason,
      String message,
      boolean commandMayHaveRun,
      @Nullable ServerError serverError,
      @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.commandMayHaveRun = commandMayHaveRun;
    this.serverError = serverError;
  }

  // ---- while connecting

  public static ConnectionException unresolved(String host, @Nullable Throwable cause) {
    return connecting(
        Reason.UNRESOLVED,
        "the name " + quoted(host) + " has no address; is it spelt right?",
        cause);
  }

  public static ConnectionException refused(String target, @Nullable Throwable cause) {
    return connecting(
        Reason.REFUSED,
        "nobody listens at " + shown(target) + "; does the server run, and on this port?",
        cause);
  }

  public static ConnectionException unreachable(String target, @Nullable Throwable cause) {
    return connecting(Reason.UNREACHABLE, "no way leads to " + shown(target), cause);
  }

  /**
   * @param phase what was being done, for example {@code waiting for the server's greeting}
   */
  public static ConnectionException connectTimedOut(
      String target, String phase, long millis, @Nullable Throwable cause) {
    return connecting(
        Reason.TIMED_OUT,
        "no connection to " + shown(target) + " within " + millis + " ms; stopped while " + phase,
        cause);
  }

  /** The server said no, be it in place of its greeting or to the login. */
  public static ConnectionException rejected(String target, ServerError error) {
    return new ConnectionException(
        Reason.REJECTED,
        shown(target)
            + " refused the connection: "
            + ForeignText.ofServer(error.message())
            + " (error "
            + error.code()
            + ")",
        /* commandMayHaveRun= */ false,
        error,
        null);
  }

  /**
   * @param problem a sentence that says what was found and, where there is one, the way out
   */
  public static ConnectionException tls(String target, String problem, @Nullable Throwable cause) {
    return connecting(Reason.TLS, "no TLS with " + shown(target) + ": " + problem, cause);
  }

  /** The server offers no TLS and the options require it. Nothing has been sent. */
  public static ConnectionException tlsNotOffered(String target) {
    return tls(
        target,
        "the server does not offer it. Enable TLS there, or write sslMode=DISABLED to send"
            + " everything in the clear",
        null);
  }

  /** The server's certificate is not vouched for by anything that we trust. */
  public static ConnectionException certificateNotTrusted(
      String target, @Nullable Throwable cause) {
    return tls(
        target,
        "its certificate comes from no authority that is trusted here. Three ways out:"
            + " name its certificate or CA with serverSslCert=/path/ca.pem;"
            + " or give the server a certificate from a known authority;"
            + " or write sslMode=REQUIRED to encrypt without knowing with whom",
        cause);
  }

  public static ConnectionException configuration(String message, @Nullable Throwable cause) {
    return connecting(Reason.CONFIGURATION, message, cause);
  }

  private static ConnectionException connecting(
      Reason reason, String message, @Nullable Throwable cause) {
    return new ConnectionException(reason, message, /* commandMayHaveRun= */ false, null, cause);
  }

  // ---- at any time

  /**
   * @param what what was seen, for example {@code the server closed the connection}
   */
  public static ConnectionException lost(
      String target, String what, boolean commandMayHaveRun, @Nullable Throwable cause) {
    return new ConnectionException(
        Reason.LOST,
        "connection to " + shown(target) + " lost: " + what + effect(commandMayHaveRun),
        commandMayHaveRun,
        null,
        cause);
  }

  /** The server took its leave, as with 4031 after wait_timeout, instead of an answer. */
  public static ConnectionException closedByServer(
      String target, ServerError farewell, boolean commandMayHaveRun) {
    return new ConnectionException(
        Reason.LOST,
        "connection to "
            + shown(target)
            + " closed by the server: "
            + ForeignText.ofServer(farewell.message())
            + " (error "
            + farewell.code()
            + ")"
            + effect(commandMayHaveRun),
        commandMayHaveRun,
        farewell,
        null);
  }

  /**
   * A statement's deadline passed; the connection was closed, since its answer is still to come.
   */
  public static ConnectionException deadlinePassed(String target, long millis) {
    return new ConnectionException(
        Reason.TIMED_OUT,
        "no answer from "
            + shown(target)
            + " within "
            + millis
            + " ms; the connection is closed"
            + effect(/* commandMayHaveRun= */ true),
        /* commandMayHaveRun= */ true,
        null,
        null);
  }

  public static ConnectionException malformed(
      String target, boolean commandMayHaveRun, Throwable cause) {
    return new ConnectionException(
        Reason.MALFORMED,
        shown(target)
            + " does not speak the MySQL protocol: "
            + ForeignText.ofServer(String.valueOf(cause.getMessage()))
            + effect(commandMayHaveRun),
        commandMayHaveRun,
        null,
        cause);
  }

  public static ConnectionException demandRefused(
      String target, boolean commandMayHaveRun, Throwable cause) {
    return new ConnectionException(
        Reason.DEMAND_REFUSED,
        shown(target)
            + " asked for what it does not get: "
            + ForeignText.ofServer(String.valueOf(cause.getMessage()))
            + effect(commandMayHaveRun),
        commandMayHaveRun,
        null,
        cause);
  }

  public static ConnectionException closed() {
    return connecting(Reason.CLOSED, "the connection is closed", null);
  }

  private static String effect(boolean commandMayHaveRun) {
    return commandMayHaveRun ? "; the command may have run" : "";
  }

  private static String shown(String target) {
    return ForeignText.escaped(target, 255);
  }

  private static String quoted(String host) {
    return "'" + shown(host) + "'";
  }

  // ---- reading

  public Reason reason() {
    return reason;
  }

  /**
   * Whether the server may have carried out a command whose answer never came. Where not, repeating
   * it elsewhere is safe.
   */
  public boolean commandMayHaveRun() {
    return commandMayHaveRun;
  }

  /** What the server said, where it said anything; its text is verbatim. */
  public Optional<ServerError> serverError() {
    return Optional.ofNullable(serverError);
  }

  /** The SQLState that faces report. */
  public String sqlState() {
    return switch (reason) {
      case UNRESOLVED, REFUSED, UNREACHABLE, TLS, CONFIGURATION -> SqlStates.CANNOT_CONNECT;
      case TIMED_OUT -> commandMayHaveRun ? SqlStates.CONNECTION_LOST : SqlStates.CANNOT_CONNECT;
      case REJECTED ->
          serverError == null ? SqlStates.CONNECTION_REJECTED : SqlStates.of(serverError);
      case LOST -> SqlStates.CONNECTION_LOST;
      case MALFORMED, DEMAND_REFUSED -> SqlStates.PROTOCOL_VIOLATION;
      case CLOSED -> SqlStates.NO_CONNECTION;
    };
  }
}
