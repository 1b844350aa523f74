package io.bonito.protocol.exchange;

import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.message.Capability;
import io.bonito.protocol.message.Ok;
import io.bonito.protocol.message.ServerStatus;
import io.bonito.protocol.message.ServerVersion;
import io.bonito.protocol.message.SessionChanges;
import io.bonito.protocol.sql.SqlRules;
import io.bonito.protocol.value.SqlCharset;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What is known of a session on the server: what was agreed at the login, and what the server has
 * told since with each OK. Nothing here is asked for; it is read along.
 */
public final class SessionState {
  private static final String UTF8MB4 = "utf8mb4";

  /** More than any server has. */
  private static final int MOST_VARIABLES = 4096;

  private long capabilities;
  private ServerVersion server = new ServerVersion("", false, 0, 0, 0);
  private long connectionId;
  private int status = ServerStatus.AUTOCOMMIT;
  private Ok latest = Ok.NONE;
  private String schema = "";
  private SqlCharset clientCharset = SqlCharset.UTF8MB4;
  private String resultsCharset = UTF8MB4;
  private String gtids = "";
  private String transactionState = "";
  private final Set<String> changedVariables = new LinkedHashSet<>();

  private final StatementNumbers statementNumbers = new StatementNumbers();

  /**
   * Bits of {@link io.bonito.protocol.message.Capability} that both sides have; 0 before the
   * greeting.
   */
  public long capabilities() {
    return capabilities;
  }

  public boolean has(long capability) {
    return (capabilities & capability) == capability;
  }

  /** The server's version; an empty text before the greeting. */
  public ServerVersion server() {
    return server;
  }

  /**
   * The number that KILL takes; unsigned. MariaDB tells more than 32 bits only to those who ask.
   */
  public long connectionId() {
    return connectionId;
  }

  /** The latest status, bits of {@link ServerStatus}. */
  public int status() {
    return status;
  }

  public boolean inTransaction() {
    return (status & ServerStatus.IN_TRANSACTION) != 0;
  }

  public boolean autocommit() {
    return (status & ServerStatus.AUTOCOMMIT) != 0;
  }

  /** True where a backslash in a literal is an ordinary character. */
  public boolean noBackslashEscapes() {
    return (status & ServerStatus.NO_BACKSLASH_ESCAPES) != 0;
  }

  /** True where double quotes enclose identifiers. Only MariaDB tells. */
  public boolean ansiQuotes() {
    return server.mariaDb() && (status & ServerStatus.ANSI_QUOTES) != 0;
  }

  /** The schema in use, or empty. */
  public String schema() {
    return schema;
  }

  /** By what rules the server reads statements. */
  public SqlRules sqlRules() {
    return new SqlRules(ansiQuotes(), noBackslashEscapes());
  }

  /** character_set_client: what the server reads our statements and text in. */
  public SqlCharset clientCharset() {
    return clientCharset;
  }

  /** character_set_results: what texts come in; empty where each comes in its column's own. */
  public String resultsCharset() {
    return resultsCharset;
  }

  /** The latest GTIDs told, where {@code session_track_gtids} is on; or empty. */
  public String gtids() {
    return gtids;
  }

  /** The latest state told, where {@code session_track_transaction_info} is on; or empty. */
  public String transactionState() {
    return transactionState;
  }

  /** True once a tracked variable has changed since the login or the last reset. */
  public boolean variablesChanged() {
    return !changedVariables.isEmpty();
  }

  /** The names of those that have, as the server tells them; {@link #started} forgets them. */
  public Set<String> changedVariables() {
    return Collections.unmodifiableSet(changedVariables);
  }

  /** True where the server is known to take a statement's execution before it tells its number. */
  public boolean foretellsStatements() {
    boolean mariaDb = server.mariaDb();
    return (!mariaDb || server.isAtLeast(10, 2, 0)) && statementNumbers.isForetold(mariaDb);
  }

  StatementNumbers statementNumbers() {
    return statementNumbers;
  }

  /** Hears what is executed, as text or prepared. */
  void executing(String sql) {
    statementNumbers.executing(sql, has(Capability.MULTI_STATEMENTS));
  }

  void greeted(ServerVersion greetedBy, long id) {
    server = greetedBy;
    connectionId = id;
  }

  void agreed(long agreedCapabilities) {
    capabilities = agreedCapabilities;
  }

  void loggedIn(String startSchema) {
    schema = startSchema;
    clientCharset = SqlCharset.UTF8MB4;
    resultsCharset = UTF8MB4;
    changedVariables.clear();
  }

  /** What was told up to now is where the session starts from, and no change. */
  public void started() {
    changedVariables.clear();
  }

  /** The latest OK. */
  Ok latest() {
    return latest;
  }

  void apply(Ok ok) {
    latest = ok;
    status = ok.status();
    if (ok.has(ServerStatus.SESSION_STATE_CHANGED)) {
      apply(ok.changes());
    }
  }

  private static long connectionId(String told) {
    try {
      return Long.parseUnsignedLong(told);
    } catch (NumberFormatException e) {
      throw new MalformedPacketException("a connection_id that is no number");
    }
  }

  private void changed(String name) {
    if (changedVariables.size() == MOST_VARIABLES && !changedVariables.contains(name)) {
      throw new MalformedPacketException("more than " + MOST_VARIABLES + " variables changed");
    }
    changedVariables.add(name);
  }

  private void apply(SessionChanges changes) {
    if (changes.schema() != null) {
      schema = changes.schema();
    }
    if (!changes.gtids().isEmpty()) {
      gtids = changes.gtids();
    }
    if (!changes.transactionState().isEmpty()) {
      transactionState = changes.transactionState();
    }
    for (Map.Entry<String, String> change : changes.variables().entrySet()) {
      changed(change.getKey());
      switch (change.getKey()) {
        case "character_set_client" -> clientCharset = SqlCharset.named(change.getValue());
        case "character_set_results" -> resultsCharset = change.getValue();
        case "connection_id" -> connectionId = connectionId(change.getValue());
        default -> {}
      }
    }
  }
}
