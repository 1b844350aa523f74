package io.bonito.protocol.message;

/**
 * Bits of the status that a server sends at the end of each result.
 *
 * @see <a
 *     href="https://dev.mysql.com/doc/dev/mysql-server/latest/mysql__com_8h.html#a1d854e841086925be1883e4d7b4e8cad">SERVER_STATUS_flags_enum</a>
 */
public final class ServerStatus {
  public static final int IN_TRANSACTION = 0x0001;
  public static final int AUTOCOMMIT = 0x0002;
  public static final int MORE_RESULTS_EXIST = 0x0008;
  public static final int CURSOR_EXISTS = 0x0040;
  public static final int LAST_ROW_SENT = 0x0080;
  public static final int NO_BACKSLASH_ESCAPES = 0x0200;
  public static final int METADATA_CHANGED = 0x0400;
  public static final int PS_OUT_PARAMS = 0x1000;
  public static final int IN_TRANSACTION_READONLY = 0x2000;
  public static final int SESSION_STATE_CHANGED = 0x4000;
  public static final int ANSI_QUOTES = 0x8000;

  private ServerStatus() {}
}
