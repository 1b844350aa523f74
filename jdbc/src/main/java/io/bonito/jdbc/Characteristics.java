package io.bonito.jdbc;

import io.bonito.protocol.message.Capability;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What SQL calls the characteristics of a session's transactions: their isolation, and whether they
 * only read. As the application wants them, and as the server was told; what it is still to be told
 * goes {@linkplain Autocommit ahead of the next command}.
 *
 * <p>Servers tell nobody of these two, unless asked to. So what is known of them is forgotten as
 * soon as the application gives SQL that may set them, and then they are set or asked for again. A
 * trigger or a stored function that sets them is not noticed.
 *
 * <p>Within a transaction nothing waits: a SET that were refused would take the transaction along.
 */
final class Characteristics {
  private final Link link;
  private final boolean propagatesReadOnly;

  private boolean readOnly;
  private boolean readOnlyDue;

  /** As the server was told; null where it may have been told otherwise since. */
  private @Nullable Boolean readOnlyTold = false;

  /** As it was set through JDBC, in the servers' words; null where it never was. */
  private @Nullable String isolation;

  private boolean isolationDue;

  /** As the server was told or has told; null where that is not known. */
  private @Nullable String isolationTold;

  private boolean readOnlySent;
  private boolean isolationSent;
  private boolean tellsAtOnce;

  /**
   * @param propagatesReadOnly whether the server is told of read-only at all
   */
  Characteristics(Link link, boolean propagatesReadOnly) {
    this.link = link;
    this.propagatesReadOnly = propagatesReadOnly;
  }

  // ---- as they are wanted; under the lock

  boolean readOnly() {
    return readOnly;
  }

  void readOnly(boolean value) throws SQLException {
    if (readOnly == value) {
      return;
    }
    if (propagatesReadOnly) {
      if (waits()) {
        readOnlyDue = !Boolean.valueOf(value).equals(readOnlyTold);
      } else {
        link.run(words(value, null));
        readOnlyDue = false;
        readOnlyTold = value;
        readOnlySent = true;
      }
    }
    readOnly = value;
  }

  /** As it was set; null where it never was. */
  @Nullable String isolation() {
    return isolation;
  }

  /** The one that counts for the next transaction, in the servers' words. */
  String effectiveIsolation() throws SQLException {
    String wanted = isolation;
    if (isolationDue && wanted != null) {
      return wanted;
    }
    String known = isolationTold;
    if (known == null) {
      known = link.ask("SELECT @@" + isolationVariable()).replace('-', ' ');
      isolationTold = known;
    }
    return known;
  }

  void isolation(String words) throws SQLException {
    if (waits()) {
      isolationDue = !words.equals(isolationTold);
    } else {
      link.run(words(null, words));
      isolationDue = false;
      isolationTold = words;
      isolationSent = true;
    }
    isolation = words;
  }

  /** What the session began with. */
  void begin(@Nullable String isolationAtStart) {
    isolation = isolationAtStart;
  }

  /** Has all be told when it is set, as while a pool makes a connection ready. */
  void tellAtOnce() {
    tellsAtOnce = true;
  }

  private boolean waits() throws SQLException {
    Autocommit autocommit = link.autocommit();
    if (autocommit.isUnanswered()) {
      autocommit.await(0); // its answer tells whether a transaction is open
    }
    return !tellsAtOnce && hasVariables() && !autocommit.mayBeInTransaction();
  }

  // ---- telling

  boolean areDue() {
    return readOnlyDue || isolationDue;
  }

  /**
   * The statement that tells what is due.
   *
   * @param autocommit to be told with it; null for nothing
   */
  String command(@Nullable Boolean autocommit) {
    Boolean readOnlyPart = readOnlyDue ? readOnly : null;
    String isolationPart = isolationDue ? isolation : null;
    if (autocommit == null) {
      return words(readOnlyPart, isolationPart);
    }
    StringBuilder sql = new StringBuilder(Autocommit.command(autocommit));
    if (readOnlyPart != null) {
      sql.append(", SESSION ").append(readOnlyVariable()).append(readOnlyPart ? "=1" : "=0");
    }
    if (isolationPart != null) {
      sql.append(", SESSION ")
          .append(isolationVariable())
          .append("='")
          .append(isolationPart.replace(' ', '-'))
          .append('\'');
    }
    return sql.toString();
  }

  /** What was due has been sent. */
  void sent() {
    if (readOnlyDue) {
      readOnlyDue = false;
      readOnlyTold = readOnly;
      readOnlySent = true;
    }
    if (isolationDue) {
      isolationDue = false;
      isolationTold = isolation;
      isolationSent = true;
    }
  }

  /** Hears of SQL that has been given, the application's above all. */
  void heard(String sql) {
    if ((readOnlyTold != null || isolationTold != null)
        && (link.state().has(Capability.MULTI_STATEMENTS) || maySet(sql))) {
      readOnlyTold = null;
      isolationTold = null;
    }
  }

  /** Not so where it is one of the statements that are most frequent. */
  static boolean maySet(String sql) {
    if (sql.isEmpty()) {
      return false;
    }
    return switch (sql.charAt(0)) {
      case 'S', 's' -> !begins(sql, "SELECT");
      case 'I', 'i' -> !begins(sql, "INSERT"); // MariaDB has IF … THEN SET …
      case 'U', 'u' -> !begins(sql, "UPDATE");
      case 'D', 'd' -> !begins(sql, "DELETE");
      case 'R', 'r' -> !begins(sql, "REPLACE") && !begins(sql, "ROLLBACK");
      case 'C', 'c' -> !begins(sql, "COMMIT");
      case 'W', 'w' -> !begins(sql, "WITH");
      default -> true;
    };
  }

  private static boolean begins(String sql, String word) {
    return sql.regionMatches(/* ignoreCase= */ true, 0, word, 0, word.length());
  }

  // ---- going back

  /** Whether read-only was told through JDBC since the state was remembered or restored. */
  boolean isReadOnlySent() {
    return readOnlySent;
  }

  boolean isIsolationSent() {
    return isolationSent;
  }

  /** What was set up to now is what each of the session's users begins with. */
  void remembered() {
    readOnlySent = false;
    isolationSent = false;
    tellsAtOnce = false;
  }

  /**
   * Goes back to what was usual; nothing is due for it.
   *
   * @param sent whether the server is being told
   */
  void restoreReadOnly(boolean usual, boolean sent) {
    readOnly = usual;
    readOnlyDue = false;
    if (sent) {
      readOnlyTold = usual;
      readOnlySent = false;
    }
  }

  /**
   * The same.
   *
   * @param usual null for the server's default
   */
  void restoreIsolation(@Nullable String usual, boolean sent) {
    isolation = usual;
    isolationDue = false;
    if (sent) {
      isolationTold = usual;
      isolationSent = false;
    }
  }

  // ---- the servers' words

  static String words(@Nullable Boolean readOnly, @Nullable String isolation) {
    StringBuilder sql = new StringBuilder("SET SESSION TRANSACTION ");
    if (isolation != null) {
      sql.append("ISOLATION LEVEL ").append(isolation);
    }
    if (readOnly != null) {
      sql.append(isolation == null ? "" : ", ").append(readOnly ? "READ ONLY" : "READ WRITE");
    }
    return sql.toString();
  }

  /** Whether the variables' names are known for certain: MySQL 5.7 has renamed them half-way. */
  private boolean hasVariables() {
    return link.state().server().mariaDb() || link.state().server().isAtLeast(8, 0, 0);
  }

  private boolean hasOldNames() {
    return link.state().server().mariaDb()
        ? !link.state().server().isAtLeast(11, 1, 0)
        : !link.state().server().isAtLeast(8, 0, 0);
  }

  private String isolationVariable() {
    return hasOldNames() ? "tx_isolation" : "transaction_isolation";
  }

  private String readOnlyVariable() {
    return hasOldNames() ? "tx_read_only" : "transaction_read_only";
  }
}
