package io.bonito.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;

/** What a statement's results were asked to be, in the constants of {@link ResultSet}. */
record ResultKind(int type, int concurrency, int holdability) {
  static final ResultKind PLAIN =
      new ResultKind(
          ResultSet.TYPE_FORWARD_ONLY,
          ResultSet.CONCUR_READ_ONLY,
          ResultSet.HOLD_CURSORS_OVER_COMMIT);

  static ResultKind of(int type, int concurrency, int holdability) throws SQLException {
    if (type != ResultSet.TYPE_FORWARD_ONLY
        && type != ResultSet.TYPE_SCROLL_INSENSITIVE
        && type != ResultSet.TYPE_SCROLL_SENSITIVE) {
      throw SqlExceptions.misuse("result set type " + type);
    }
    if (concurrency != ResultSet.CONCUR_READ_ONLY && concurrency != ResultSet.CONCUR_UPDATABLE) {
      throw SqlExceptions.misuse("result set concurrency " + concurrency);
    }
    requireHoldability(holdability);
    return new ResultKind(type, concurrency, holdability);
  }

  static void requireHoldability(int holdability) throws SQLException {
    if (holdability != ResultSet.HOLD_CURSORS_OVER_COMMIT
        && holdability != ResultSet.CLOSE_CURSORS_AT_COMMIT) {
      throw SqlExceptions.misuse("result set holdability " + holdability);
    }
  }

  /** The same where results do not see later changes. */
  ResultKind insensitive() {
    return new ResultKind(ResultSet.TYPE_SCROLL_INSENSITIVE, concurrency, holdability);
  }

  boolean isUpdatable() {
    return concurrency == ResultSet.CONCUR_UPDATABLE;
  }

  boolean closesAtCommit() {
    return holdability == ResultSet.CLOSE_CURSORS_AT_COMMIT;
  }
}
