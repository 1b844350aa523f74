package io.bonito.transport;

import io.bonito.protocol.failure.ErrorKind;
import io.bonito.protocol.failure.ForeignText;
import io.bonito.protocol.failure.SqlStates;
import io.bonito.protocol.message.ServerError;

/** The server said no to a statement. The connection stays usable. */
public final class QueryFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient ServerError error;

  QueryFailedException(ServerError error) {
    super(ForeignText.ofServer(error.message()) + " (error " + error.code() + ")");
    this.error = error;
  }

  /** What the server said, verbatim. */
  public ServerError error() {
    return error;
  }

  /** The server's own number of the error, such as 1062 for a duplicate key. */
  public int code() {
    return error.code();
  }

  public String sqlState() {
    return SqlStates.of(error);
  }

  /** What it means to a program. */
  public ErrorKind kind() {
    return ErrorKind.of(error);
  }
}
