package io.bonito.protocol.failure;

import io.bonito.protocol.message.ServerError;

/** The SQLStates that faces report. */
public final class SqlStates {
  /** No connection was made: nobody answered, or not in a way that could be trusted. */
  public static final String CANNOT_CONNECT = "08001";

  public static final String NO_CONNECTION = "08003";

  /** The server answered and did not let us in. */
  public static final String CONNECTION_REJECTED = "08004";

  public static final String CONNECTION_LOST = "08S01";
  public static final String PROTOCOL_VIOLATION = "08P01";
  public static final String INTEGRITY_VIOLATION = "23000";
  public static final String READ_ONLY_TRANSACTION = "25006";
  public static final String ROLLBACK = "40001";
  public static final String QUERY_CANCELLED = "70100";
  public static final String GENERAL_ERROR = "HY000";
  public static final String INVALID_OPTION = "01S00";

  private SqlStates() {}

  /**
   * The SQLState to report for a server's error: the server's own, except where it says HY000 or
   * less than it knows, and programs go by the state.
   */
  public static String of(ServerError error) {
    return switch (error.code()) {
      // Lock wait timeout: HY000 on the wire. Whoever retries deadlocks retries these too.
      case 1205 -> ROLLBACK;
      // Before the login a server sends no state at all.
      case 1040 -> CONNECTION_REJECTED;
      // Server shutdown, connection killed (70100 on the wire), client inactivity (HY000).
      case 1053, 1927, 4031 -> CONNECTION_LOST;
      // Check constraint: HY000 from MySQL, while MariaDB's 4025 says 23000.
      case 3819 -> INTEGRITY_VIOLATION;
      default -> isWellFormed(error.sqlState()) ? error.sqlState() : GENERAL_ERROR;
    };
  }

  private static boolean isWellFormed(String state) {
    if (state.length() != 5) {
      return false;
    }
    for (int i = 0; i < 5; i++) {
      char c = state.charAt(i);
      if ((c < '0' || c > '9') && (c < 'A' || c > 'Z')) {
        return false;
      }
    }
    return true;
  }
}
