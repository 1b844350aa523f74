package io.bonito.jdbc;

import java.sql.SQLException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The statements that a connection has to close; under a lock of whoever has it. */
final class OpenStatements {
  private @Nullable JdbcStatement first;

  void add(JdbcStatement statement) {
    JdbcStatement next = first;
    statement.nextOpen = next;
    if (next != null) {
      next.previousOpen = statement;
    }
    first = statement;
  }

  void remove(JdbcStatement statement) {
    JdbcStatement next = statement.nextOpen;
    JdbcStatement previous = statement.previousOpen;
    if (previous != null) {
      previous.nextOpen = next;
    } else if (first == statement) {
      first = next;
    }
    if (next != null) {
      next.previousOpen = previous;
    }
    statement.nextOpen = null;
    statement.previousOpen = null;
  }

  void each(Consumer<JdbcStatement> listener) {
    for (JdbcStatement each = first; each != null; each = each.nextOpen) {
      listener.accept(each);
    }
  }

  /**
   * Closes all; none may be removed meanwhile.
   *
   * @return the last failure; null where there was none
   */
  @Nullable SQLException close() {
    SQLException failure = null;
    JdbcStatement next;
    for (JdbcStatement each = first; each != null; each = next) {
      next = each.nextOpen;
      try {
        each.close();
      } catch (SQLException e) {
        failure = e;
      }
    }
    first = null;
    return failure;
  }
}
