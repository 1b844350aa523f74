package io.bonito.jdbc;

import io.bonito.protocol.message.Ok;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a statement has given: its results, one after the other, with their warnings and keys. */
abstract class StatementResults implements BonitoStatement, StatementSettings {
  private boolean closeOnCompletion;
  private @Nullable Answer answer;
  private @Nullable JdbcResultSet resultSet;
  private @Nullable List<JdbcResultSet> kept;
  private @Nullable SQLWarning warnings;
  private boolean warningsRead;
  private @Nullable GeneratedKeys generatedKeys;

  /** What was executed, for the keys that it may generate. */
  private String executed = "";

  /** The session under the connection; a connection that shares takes one of its own for it. */
  abstract Link link() throws SQLException;

  /** Shows the rows of a result in the way that this statement was told to. */
  abstract JdbcResultSet resultSet(Rows rows) throws SQLException;

  /** Forgets the keys of what was executed before. */
  final void executing(String sql) {
    generatedKeys = null;
    executed = sql;
  }

  final GeneratedKeys generatedKeys() {
    GeneratedKeys keys = generatedKeys;
    return keys == null ? new GeneratedKeys("") : keys;
  }

  /** Whether the connection has been given no other command since. */
  final boolean isLatest() {
    Answer given = answer;
    return given != null && given.isLatest();
  }

  final void generatedKeys(GeneratedKeys keys) {
    generatedKeys = keys;
  }

  /** Shows the first result of an answer. */
  final void show(Answer given) throws SQLException {
    answer = given;
    showResult(given);
  }

  private void showResult(Answer shown) throws SQLException {
    Rows rows = shown.rows();
    resultSet = rows == null ? null : resultSet(rows);
    Ok ok = shown.ok();
    if (ok != null && ok.insertId() != 0) {
      if (generatedKeys == null) {
        generatedKeys = new GeneratedKeys(executed);
      }
      generatedKeys.add(ok);
    }
  }

  /** The id that the server made for the latest new row; 0 where it made none. */
  final long insertId() {
    Ok ok = answer == null ? null : answer.ok();
    return ok == null ? 0 : ok.insertId();
  }

  /** What executeQuery returns. */
  final ResultSet queried() throws SQLException {
    JdbcResultSet rows = resultSet;
    if (rows == null) {
      throw SqlExceptions.misuse("the statement gave no rows; it has run: use executeUpdate");
    }
    return rows;
  }

  /** What executeUpdate returns. */
  final long updated() throws SQLException {
    if (resultSet != null) {
      closeResults();
      throw SqlExceptions.misuse("the statement gave rows; it has run: use executeQuery");
    }
    Ok ok = answer == null ? null : answer.ok();
    return ok == null ? 0 : ok.affectedRows();
  }

  final boolean hasRows() {
    return resultSet != null;
  }

  // ---- results

  @Override
  public @Nullable ResultSet getResultSet() throws SQLException {
    settings();
    return resultSet;
  }

  @Override
  public long getLargeUpdateCount() throws SQLException {
    settings();
    Ok ok = answer == null ? null : answer.ok();
    return ok == null ? -1 : ok.affectedRows();
  }

  @Override
  public boolean getMoreResults(int current) throws SQLException {
    settings();
    JdbcResultSet before = resultSet;
    switch (current) {
      case CLOSE_CURRENT_RESULT -> {}
      case CLOSE_ALL_RESULTS -> closeKept();
      case KEEP_CURRENT_RESULT -> {
        if (before != null) {
          keep(before);
          before = null;
        }
      }
      default -> throw SqlExceptions.misuse("results cannot be treated as " + current);
    }
    warnings = null;
    warningsRead = false;
    resultSet = null; // it is not the statement's last one: nothing completes
    if (before != null) {
      before.close();
    }
    Answer shown = answer;
    if (shown == null || !shown.advance()) {
      answer = null;
      return false;
    }
    showResult(shown);
    return resultSet != null;
  }

  /** Keeps the current result open beside the next one; all of it is brought into memory. */
  private void keep(JdbcResultSet result) throws SQLException {
    if (result.rows().isOnWire()) {
      bringIn(result);
    }
    if (kept == null) {
      kept = new ArrayList<>();
    }
    kept.add(result);
  }

  private void bringIn(JdbcResultSet result) throws SQLException {
    Link link = link();
    link.lock();
    try {
      if (result.rows().isOnWire()) {
        link.ready();
      }
    } finally {
      link.unlock();
    }
  }

  private void closeKept() throws SQLException {
    List<JdbcResultSet> before = kept;
    kept = null;
    if (before != null) {
      for (JdbcResultSet result : before) {
        result.close();
      }
    }
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    settings();
    Answer shown = answer;
    if (shown != null && !warningsRead && shown.warnings() > 0) {
      warningsRead = true;
      warnings = Warnings.read(shown, shown.warnings());
    }
    return warnings;
  }

  @Override
  public void clearWarnings() throws SQLException {
    settings();
    warningsRead = true;
    warnings = null;
  }

  /** Gives up all results; the connection is free then. */
  final void closeResults() throws SQLException {
    JdbcResultSet before = resultSet;
    Answer given = answer;
    resultSet = null;
    answer = null;
    warnings = null;
    warningsRead = false;
    closeKept();
    if (given != null) {
      given.close();
    }
    if (before != null) {
      before.close();
    }
  }

  /** A result set was closed by its user. */
  final void resultClosed(JdbcResultSet result) throws SQLException {
    List<JdbcResultSet> others = kept;
    boolean dependent = result == resultSet || (others != null && others.remove(result));
    if (result == resultSet) {
      resultSet = null;
    }
    Answer given = answer;
    if (dependent
        && closeOnCompletion
        && !isClosed()
        && resultSet == null
        && (others == null || others.isEmpty())
        && (given == null || !given.hasMore())) {
      close();
    }
  }

  @Override
  public void closeOnCompletion() throws SQLException {
    settings();
    closeOnCompletion = true;
  }

  @Override
  public boolean isCloseOnCompletion() throws SQLException {
    settings();
    return closeOnCompletion;
  }
}
