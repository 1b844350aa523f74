package io.bonito.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** The four levels of isolation in JDBC's numbers and in the servers' words. */
final class Isolation {
  private Isolation() {}

  static String words(int level) throws SQLException {
    return switch (level) {
      case Connection.TRANSACTION_READ_UNCOMMITTED -> "READ UNCOMMITTED";
      case Connection.TRANSACTION_READ_COMMITTED -> "READ COMMITTED";
      case Connection.TRANSACTION_REPEATABLE_READ -> "REPEATABLE READ";
      case Connection.TRANSACTION_SERIALIZABLE -> "SERIALIZABLE";
      default -> throw SqlExceptions.misuse("isolation level " + level);
    };
  }

  static int level(String words) throws SQLException {
    return switch (words.replace('-', ' ')) {
      case "READ UNCOMMITTED" -> Connection.TRANSACTION_READ_UNCOMMITTED;
      case "READ COMMITTED" -> Connection.TRANSACTION_READ_COMMITTED;
      case "REPEATABLE READ" -> Connection.TRANSACTION_REPEATABLE_READ;
      case "SERIALIZABLE" -> Connection.TRANSACTION_SERIALIZABLE;
      default -> throw SqlExceptions.general("the server's isolation level is '" + words + "'");
    };
  }
}
