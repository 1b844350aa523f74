package io.bonito.jdbc;

import java.sql.DataTruncation;

/**
 * A value that did not fit its column. JDBC's own class has a text and a state of its own making;
 * this one says what the server said.
 */
final class ValueTruncation extends DataTruncation {
  private static final long serialVersionUID = 1L;

  private final String message;
  private final String state;
  private final int code;

  ValueTruncation(String message, String state, int code) {
    super(
        /* index= */ -1,
        /* parameter= */ false,
        /* read= */ false,
        /* dataSize= */ 0,
        /* transferSize= */ 0);
    this.message = message;
    this.state = state;
    this.code = code;
  }

  @Override
  public String getMessage() {
    return message;
  }

  @Override
  public String getSQLState() {
    return state;
  }

  @Override
  public int getErrorCode() {
    return code;
  }
}
