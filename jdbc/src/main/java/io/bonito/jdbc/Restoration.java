package io.bonito.jdbc;

import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.Exchange;
import io.bonito.protocol.exchange.QueryExchange;
import io.bonito.protocol.exchange.SessionState;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.option.SessionStart;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The state that each loan of a connection begins with, and how a borrower's changes are undone.
 *
 * <p>What the server tells with its answers (autocommit, the schema, variables that were set) is
 * read there, so changes by SQL count too; isolation and read-only are also kept as they were
 * {@linkplain Characteristics set}. Used under the link's lock.
 */
final class Restoration {
  private static final System.Logger LOGGER = System.getLogger("io.bonito.jdbc");

  /** Told like other variables, and undone in a way of their own. */
  private static final Set<String> ISOLATION = Set.of("transaction_isolation", "tx_isolation");

  private static final Set<String> NOTHING = Set.of();
  private static final Set<String> READ_ONLY = Set.of("transaction_read_only", "tx_read_only");
  private static final Set<String> OWN = Set.of("autocommit", "connection_id");

  /** What the login asks for; in another collation literals compare otherwise. */
  private static final String NAMES_OF_MYSQL = "SET NAMES utf8mb4 COLLATE utf8mb4_general_ci";

  /** MariaDB has a collation of its own for it at the login too, another one in newer servers. */
  private static final String NAMES_OF_MARIADB = "SET NAMES utf8mb4";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]+(?:\\.[A-Za-z0-9_]+)?");
  private static final String TELL = "SET SESSION session_track_system_variables = ";

  /**
   * MySQL's '*' tells of a new statement_id with each statement. Names it does not know it skips.
   */
  private static final String OF_MYSQL =
      "'autocommit,time_zone,character_set_client,character_set_results,character_set_connection,"
          + "collation_connection,transaction_isolation,transaction_read_only,sql_mode,"
          + "foreign_key_checks,unique_checks,sql_safe_updates,sql_select_limit,"
          + "sql_auto_is_null,sql_notes,sql_big_selects,max_join_size,max_execution_time,"
          + "group_concat_max_len,lc_time_names,default_week_format,div_precision_increment,"
          + "lock_wait_timeout,innodb_lock_wait_timeout,wait_timeout,net_read_timeout,"
          + "net_write_timeout,optimizer_switch,sort_buffer_size,join_buffer_size,"
          + "tmp_table_size,max_heap_table_size,auto_increment_increment,auto_increment_offset,"
          + "default_storage_engine,cte_max_recursion_depth,explicit_defaults_for_timestamp,"
          + "session_track_system_variables'";

  private static final String TELLER = "session_track_system_variables";

  private final Link link;
  private final SessionStart start;
  private final ArrayDeque<Exchange> unanswered = new ArrayDeque<>(4);

  private final Characteristics characteristics;
  private int networkTimeoutMillis;

  private boolean remembered;
  private boolean usualAutocommit;
  private String usualSchema = "";
  private boolean usualReadOnly;
  private int usualNetworkTimeoutMillis;

  /** Null until it is known. */
  private @Nullable String usualIsolation;

  /**
   * @param start what the session was told after the login
   */
  Restoration(Link link, SessionStart start) {
    this.link = link;
    this.start = start;
    this.characteristics = link.autocommit().characteristics();
    characteristics.begin(start.isolation().isEmpty() ? null : start.isolation());
    networkTimeoutMillis =
        (int) Math.min(link.options().get(Options.SOCKET_TIMEOUT).toMillis(), Integer.MAX_VALUE);
  }

  // ---- what can be set

  boolean readOnly() {
    return characteristics.readOnly();
  }

  void readOnly(boolean value) throws SQLException {
    characteristics.readOnly(value);
  }

  int networkTimeoutMillis() {
    return networkTimeoutMillis;
  }

  void networkTimeoutMillis(int millis) {
    networkTimeoutMillis = millis;
    link.transport().socketTimeout(Duration.ofMillis(millis));
  }

  int isolation() throws SQLException {
    return Isolation.level(characteristics.effectiveIsolation());
  }

  void isolation(int level) throws SQLException {
    String words = Isolation.words(level);
    if (remembered && usualIsolation == null) {
      usualIsolation = characteristics.effectiveIsolation();
    }
    characteristics.isolation(words);
  }

  // ---- between loans

  /** From here until the state is remembered, all that is set is told at once. */
  void haveChangesTold() throws SQLException {
    characteristics.tellAtOnce();
    try {
      link.run(tell());
    } catch (SQLException e) {
      if (!link.transport().isOpen()) {
        throw e;
      }
      // A server or proxy that has no such variable tells what it tells.
    }
  }

  private String tell() {
    return TELL + (link.state().server().mariaDb() ? "'*'" : OF_MYSQL);
  }

  void remember() {
    link.lock();
    try {
      SessionState state = link.state();
      usualAutocommit = link.autocommit().isOn();
      usualSchema = state.schema();
      usualReadOnly = characteristics.readOnly();
      usualIsolation = characteristics.isolation();
      usualNetworkTimeoutMillis = networkTimeoutMillis;
      state.started();
      characteristics.remembered();
      remembered = true;
    } finally {
      link.unlock();
    }
  }

  boolean restore(Leasable.TransactionEnd end) {
    link.lock();
    try {
      link.ready();
      boolean open = link.autocommit().mayBeInTransaction();
      if (open && end != Leasable.TransactionEnd.NONE) {
        end(end);
        open = false;
      }
      if (remembered) {
        undo(open);
      }
      if (!unanswered.isEmpty()) {
        link.transport().flush();
      }
      return link.transport().isOpen();
    } catch (SQLException | ConnectionException e) {
      link.transport().abort();
      return false;
    } finally {
      link.unlock();
    }
  }

  private void end(Leasable.TransactionEnd end) throws SQLException {
    if (end == Leasable.TransactionEnd.COMMIT) {
      link.complete(link.query("COMMIT"));
    } else {
      send("ROLLBACK");
    }
  }

  /**
   * @param open whether a transaction stays open, which to turn autocommit on would commit
   */
  private void undo(boolean open) {
    SessionState state = link.state();
    // Nearly always nothing was, and then nothing is allocated.
    Set<String> changed =
        state.variablesChanged() ? new TreeSet<>(state.changedVariables()) : NOTHING;
    boolean isolationTold = !changed.isEmpty() && changed.removeAll(ISOLATION);
    isolationTold |= characteristics.isIsolationSent();
    boolean readOnlyTold = !changed.isEmpty() && changed.removeAll(READ_ONLY);
    readOnlyTold |= characteristics.isReadOnlySent();
    if (!changed.isEmpty()) {
      changed.removeAll(OWN);
    }
    if (isolationTold) {
      String usual = usualIsolation;
      if (usual != null) {
        send(Characteristics.words(null, usual));
      } else {
        String variable =
            state.changedVariables().contains("tx_isolation")
                ? "tx_isolation"
                : "transaction_isolation";
        send("SET SESSION " + variable + " = DEFAULT");
      }
    }
    characteristics.restoreIsolation(usualIsolation, isolationTold);
    if (readOnlyTold) {
      send(Characteristics.words(usualReadOnly, null));
    }
    characteristics.restoreReadOnly(usualReadOnly, readOnlyTold);
    if (!changed.isEmpty()) {
      undo(changed);
    }
    if (!state.schema().equals(usualSchema)) {
      leaveSchema();
    }
    if (!open) {
      autocommit();
    }
    if (networkTimeoutMillis != usualNetworkTimeoutMillis) {
      networkTimeoutMillis(usualNetworkTimeoutMillis);
    }
  }

  /** With nothing else to say, nothing is sent: the next borrower may want it as it is. */
  private void autocommit() {
    Autocommit autocommit = link.autocommit();
    autocommit.ended();
    autocommit.leave(usualAutocommit);
    if (!unanswered.isEmpty() && link.state().autocommit() != usualAutocommit) {
      send(Autocommit.command(usualAutocommit));
      autocommit.leave(!usualAutocommit); // as the server still has it
    }
  }

  private void undo(Set<String> changed) {
    if (changed.removeIf(
        name -> name.startsWith("character_set_") || name.startsWith("collation_"))) {
      send(link.state().server().mariaDb() ? NAMES_OF_MARIADB : NAMES_OF_MYSQL);
      if (start.variables().containsKey(SessionStart.COLLATION)) {
        changed.add(SessionStart.COLLATION);
      }
    }
    if (changed.remove(TELLER)) {
      send(tell());
    }
    StringBuilder sql = new StringBuilder();
    for (String name : changed) {
      if (!NAME.matcher(name).matches()) {
        link.transport().abort();
        return;
      }
      sql.append(sql.isEmpty() ? "SET SESSION " : ", ").append(name).append(" = ");
      String usual = start.variables().getOrDefault(name, link.setup().told(name));
      sql.append(usual == null ? "DEFAULT" : usual);
    }
    if (!sql.isEmpty()) {
      send(sql.toString());
    }
  }

  /** No command takes a session back to where no schema is in use. */
  private void leaveSchema() {
    if (usualSchema.isEmpty()) {
      link.transport().abort();
    } else {
      unanswered.add(link.session().initDatabase(usualSchema));
    }
  }

  private void send(String sql) {
    unanswered.add(link.session().submit(new QueryExchange(sql)));
  }

  boolean isReadyAtOnce() {
    return unanswered.isEmpty() && link.transport().isOpen();
  }

  boolean isReady(long nanos) {
    link.lock();
    try {
      if (unanswered.isEmpty()) {
        return link.transport().isOpen();
      }
      if (!link.transport().isOpen() || !areAnswered(nanos)) {
        link.transport().abort();
        return false;
      }
      link.state().started();
      return true;
    } catch (SQLException e) {
      link.transport().abort();
      return false;
    } finally {
      unanswered.clear();
      link.unlock();
    }
  }

  private boolean areAnswered(long nanos) throws SQLException {
    long deadline = System.nanoTime() + Math.min(nanos, Long.MAX_VALUE / 4);
    unanswered.forEach(exchange -> exchange.deadline(deadline));
    while (!unanswered.isEmpty()) {
      Event event = link.next();
      if (event == Event.FAILED) {
        LOGGER.log(
            System.Logger.Level.WARNING,
            "a connection is closed, since the server refused to undo what its borrower has changed: "
                + link.session().error().message());
        return false;
      }
      if (event.completesExchange()) {
        unanswered.remove();
      }
    }
    return true;
  }
}
