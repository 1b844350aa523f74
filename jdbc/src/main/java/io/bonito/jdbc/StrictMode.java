package io.bonito.jdbc;

import io.bonito.protocol.ServerProfile;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.SessionStart;
import io.bonito.protocol.option.SessionStartOptions;

/** JDBC has it that a value is stored as it was given or refused, never cut. */
final class StrictMode {
  private static final String SQL_MODE = "sql_mode";

  /** Every strict mode has this in its name. */
  private static final String STRICT = "STRICT_";

  /** By the server's own mode, so that it can also be put back to after a loan. */
  private static final String STRICT_TOO =
      "IF(@@GLOBAL.sql_mode LIKE '%STRICT%', @@GLOBAL.sql_mode,"
          + " CONCAT_WS(',', NULLIF(@@GLOBAL.sql_mode, ''), 'STRICT_TRANS_TABLES'))";

  private StrictMode() {}

  /** Has the session made strict where the server is not, or where that is not known. */
  static SessionStart add(SessionStart start, ConnectionOptions options, ServerProfile profile) {
    boolean strict = profile.known() && profile.sqlMode().contains(STRICT);
    return strict || !options.get(SessionStartOptions.JDBC_COMPLIANT_TRUNCATION)
        ? start
        : start.with(SQL_MODE, STRICT_TOO);
  }
}
