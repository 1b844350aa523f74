package io.bonito.protocol.exchange;

import io.bonito.protocol.message.Capability;
import io.bonito.protocol.message.ColumnDefinition;
import io.bonito.protocol.row.Columns;
import io.bonito.protocol.value.Parameters;
import io.bonito.protocol.value.SqlCharset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement that the server has prepared, or is about to.
 *
 * <p>It belongs to the session that prepared it. Its columns are replaced where the server says
 * that they have changed.
 */
public final class ServerStatement {
  private final String sql;
  private boolean prepared;
  private boolean preparing;
  private int foretoldId;
  private int id;
  private List<ColumnDefinition> parameters = List.of();
  private @Nullable Columns columns;
  private String resultsCharset = "";
  private short @Nullable [] sentTypes;
  private @Nullable SqlCharset sentIn;
  private byte @Nullable [] firstKinds;

  public ServerStatement(String sql) {
    this.sql = sql;
  }

  public String sql() {
    return sql;
  }

  public boolean isPrepared() {
    return prepared;
  }

  /** The server's number of the statement. */
  public int id() {
    if (!prepared) {
      throw new IllegalStateException("the statement is not prepared yet");
    }
    return id;
  }

  /** What the server knows of the parameters: on most servers little more than their count. */
  public List<ColumnDefinition> parameters() {
    return parameters;
  }

  /** The columns of its rows; null where the server has told of none. */
  public @Nullable Columns columns() {
    return columns;
  }

  /** Whether PREPARE has been written and not been answered. */
  boolean isPreparing() {
    return preparing;
  }

  void preparing(int idToCome) {
    preparing = true;
    foretoldId = idToCome;
  }

  void refused() {
    preparing = false;
  }

  /** The number to execute it by while it is being prepared; see {@link StatementNumbers}. */
  int foretoldId() {
    return foretoldId;
  }

  /**
   * Whether it must be prepared anew before its rows can be read: MariaDB does not describe the
   * columns again where only character_set_results has changed.
   */
  public boolean isOutdated(SessionState state) {
    return columns != null
        && state.has(Capability.MARIADB_CACHE_METADATA)
        && !resultsCharset.equals(state.resultsCharset());
  }

  void prepared(
      int givenId,
      List<ColumnDefinition> itsParameters,
      @Nullable Columns itsColumns,
      SessionState state) {
    resultsCharset = state.resultsCharset();
    prepared = true;
    preparing = false;
    if (foretoldId != StatementNumbers.LAST_PREPARED && foretoldId != givenId) {
      // What was executed by the number foretold has told this statement nothing.
      forgetTypes();
    }
    id = givenId;
    parameters = itsParameters;
    columns = itsColumns;
  }

  void columns(Columns changed) {
    columns = changed;
  }

  /**
   * Whether the types of {@code next} must be sent: the server remembers those of the last time,
   * and with them the charset that texts came in then.
   *
   * @param charset that of the session now
   */
  boolean wantsTypes(Parameters next, SqlCharset charset) {
    short[] sent = sentTypes;
    return sent == null || sentIn != charset || next.typesChangedSince(sent);
  }

  /**
   * Whether MySQL would not take a value for what it is: since 8.0.22 it decides by the first value
   * in a place what the parameter is, and converts later ones of another kind to that, so that
   * {@code SELECT ?} with 5 and then with 'abc' gives 5 and 0. To be prepared anew then.
   */
  public boolean wouldConvert(Parameters next, SessionState state) {
    byte[] first = firstKinds;
    short[] sent = sentTypes;
    if (first == null || first.length != next.count() || state.server().mariaDb()) {
      return false;
    }
    if (sent != null && !next.typesChangedSince(sent)) {
      return false;
    }
    for (int index = 0; index < first.length; index++) {
      if (first[index] != Parameters.NO_KIND
          && next.kind(index) != first[index]
          && next.kind(index) != Parameters.NO_KIND) {
        return true;
      }
    }
    return false;
  }

  private void rememberKinds(Parameters next) {
    byte[] first = firstKinds;
    if (first == null) {
      first = new byte[next.count()];
      firstKinds = first;
    }
    for (int index = 0; index < first.length; index++) {
      if (first[index] == Parameters.NO_KIND) {
        first[index] = next.kind(index);
      }
    }
  }

  /** Has the types sent with the next values: MariaDB changes those of parameters that come out. */
  public void forgetTypes() {
    sentTypes = null;
  }

  /** To be told once they are written, as a value may turn out not to fit the session. */
  void typesSent(Parameters next, SqlCharset charset) {
    sentIn = charset;
    short[] sent = sentTypes;
    if (sent == null) {
      sent = new short[next.count()];
      sentTypes = sent;
    }
    next.rememberTypes(sent);
    rememberKinds(next);
  }
}
