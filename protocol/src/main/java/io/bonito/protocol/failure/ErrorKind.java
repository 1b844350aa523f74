package io.bonito.protocol.failure;

import io.bonito.protocol.message.ServerError;

/**
 * What a server's error means to the program that caused it; each face has one exception for each.
 *
 * <p>The vendor's code decides where the SQLState says less, else the state's class does.
 */
public enum ErrorKind {
  /** A unique, foreign, check or NOT NULL constraint. */
  INTEGRITY,
  /** The statement is wrong, or names what is not there. */
  SYNTAX,
  /** The account may not do this. */
  DENIED,
  /** A value is out of range or of the wrong kind. */
  DATA,
  /** A value does not fit its column. */
  TRUNCATION,
  /** The transaction lost against another one: run it again from its beginning. */
  ROLLBACK,
  /** A lock was not to be had at once, as was asked; the transaction goes on. */
  LOCK_UNAVAILABLE,
  /** The statement reached a limit of time that was set for it. */
  TIMEOUT,
  /** Somebody ended the statement. */
  INTERRUPTED,
  /** The server lets this account or machine not in. */
  AUTHENTICATION,
  /** The connection is at its end. */
  CONNECTION,
  /** There are too many connections or statements; later it may work. */
  CAPACITY,
  /** Server or transaction take no changes: another server may. */
  READ_ONLY,
  /** The server cannot do this at all. */
  UNSUPPORTED,
  /** An error of XA, with an SQLState of its own. */
  XA,
  /** Everything else, SIGNAL of a stored routine included. */
  GENERAL;

  public static ErrorKind of(ServerError error) {
    return switch (error.code()) {
      // Lock wait timeout, deadlock, XA deadlock, lost its vote in a group, changed since the
      // snapshot (MariaDB with innodb_snapshot_isolation).
      case 1205, 1213, 1614, 3101, 1020 -> ROLLBACK;
      case 3572 -> LOCK_UNAVAILABLE;
      // max_execution_time of MySQL; max_statement_time of MariaDB, which shares 1317's state.
      case 3024, 1969 -> TIMEOUT;
      case 1317 -> INTERRUPTED;
      // Shutdown, killed, idle for too long, and MySQL's word for a packet out of order.
      case 1053, 1927, 4031, 1156, 1157, 1158, 1159, 1160, 1161 -> CONNECTION;
      // Too many connections, of all or of this user; too many of something within an hour; too
      // many prepared statements; no thread, no memory for one.
      case 1040, 1203, 1226, 1461, 1135, 1041 -> CAPACITY;
      // Host blocked or not allowed, authentication plugins, expired or locked accounts, plain
      // connections where only encrypted ones are let in.
      case 1045, 1698, 1129, 1130, 1251, 1820, 1862, 3118, 3159, 3955, 4151 -> AUTHENTICATION;
      case 1290 -> namesReadOnly(error.message()) ? READ_ONLY : GENERAL;
      case 1792, 1836 -> READ_ONLY;
      // Only these four carry a value and a column, as JDBC's DataTruncation wants.
      case 1264, 1265, 1292, 1406 -> TRUNCATION;
      case 1366 -> DATA;
      case 3819, 4025 -> INTEGRITY;
      // On a database, table, column, routine; on definers; without SUPER for a trigger.
      case 1044, 1142, 1143, 1227, 1370, 1410, 1419 -> DENIED;
      case 1295 -> UNSUPPORTED;
      default -> ofState(error.sqlState());
    };
  }

  private static ErrorKind ofState(String state) {
    if (state.length() != 5) {
      return GENERAL;
    }
    return switch (state.substring(0, 2)) {
      case "08" -> CONNECTION;
      case "0A" -> UNSUPPORTED;
      case "21", "23" -> INTEGRITY;
      case "22" -> DATA;
      // 25006 only: that a statement does not suit the transaction's state is no question of login.
      case "25" -> state.equals(SqlStates.READ_ONLY_TRANSACTION) ? READ_ONLY : GENERAL;
      case "28" -> AUTHENTICATION;
      case "40" -> ROLLBACK;
      case "42" -> SYNTAX;
      case "70" -> state.equals(SqlStates.QUERY_CANCELLED) ? INTERRUPTED : GENERAL;
      case "XA" -> XA;
      // 45000 is SIGNAL's: the program's own error, whatever it means.
      default -> GENERAL;
    };
  }

  /**
   * 1290 says that some option of the server forbids the statement, and names it: --read-only,
   * --super-read-only, --innodb-read-only; but also --secure-file-priv or --skip-grant-tables.
   */
  private static boolean namesReadOnly(String message) {
    return message.contains("read-only") || message.contains("read_only");
  }

  /** Whether the same transaction may succeed when it is run again, on the same server. */
  public boolean mayPass() {
    return this == ROLLBACK || this == LOCK_UNAVAILABLE || this == CAPACITY;
  }

  /** Whether the server hangs up after saying this. */
  public boolean endsConnection() {
    return this == CONNECTION;
  }

  /**
   * Whether the server can run the statement but not prepare it: not in this protocol (1295), not
   * with parameters (6413, MySQL 9), too many prepared already (1461), more than 65,535 parameters
   * (1390).
   */
  public static boolean isUnpreparable(ServerError error) {
    return switch (error.code()) {
      case 1295, 1390, 1461, 6413 -> true;
      default -> false;
    };
  }
}
