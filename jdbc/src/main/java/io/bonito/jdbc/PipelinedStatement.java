package io.bonito.jdbc;

import io.bonito.protocol.exchange.ResultExchange;
import io.bonito.protocol.exchange.ServerStatement;
import io.bonito.protocol.message.Ok;
import io.bonito.protocol.value.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** One statement of a pipeline: first what is to be sent, then what came of it. */
final class PipelinedStatement implements Pipeline.Result {
  /** Tells {@link Cancels} of no command. */
  private static final long UNCANCELLED = 0;

  private final JdbcConnection connection;
  private final Link link;
  private final @Nullable JdbcPreparedStatement source;
  private final @Nullable Parameters parameters;

  /** What to send as text; empty where the server has prepared it. */
  private String sql;

  private @Nullable ServerStatement prepared;
  private @Nullable ResultExchange exchange;
  private @Nullable Answer answer;
  private @Nullable SQLException failure;
  private @Nullable JdbcResultSet rows;
  private @Nullable Measurement measured;

  PipelinedStatement(JdbcConnection connection, String sql) throws SQLException {
    this.connection = connection;
    this.link = connection.link();
    this.source = null;
    this.parameters = null;
    this.sql = sql;
  }

  PipelinedStatement(JdbcConnection connection, JdbcPreparedStatement source) throws SQLException {
    this.connection = connection;
    this.link = connection.link();
    this.source = source;
    this.parameters = source.takeValues();
    this.sql = "";
  }

  // ---- under the link's lock

  /** Has the server prepare it where that is due and has not been done. */
  void prepare() {
    if (source == null || parameters == null || !link.transport().isOpen()) {
      return;
    }
    try {
      prepared = source.serverStatement();
      if (prepared == null) {
        sql = source.text(parameters);
      }
    } catch (SQLException e) {
      failure = e;
    }
  }

  void submit() {
    if (failure != null) {
      return;
    }
    try {
      ServerStatement statement = prepared;
      if (!link.transport().isOpen()) {
        failure = SqlExceptions.connectionClosed();
      } else if (statement == null || parameters == null) {
        exchange = link.query(sql);
      } else if (source != null && source.isCurrent(statement)) {
        exchange = link.execute(statement, parameters);
      } else {
        // Those behind it have driven it out.
        sql = source == null ? sql : source.text(parameters);
        exchange = link.query(sql);
      }
      if (exchange != null) {
        link.limit(exchange, 0);
      }
    } catch (SQLException e) {
      failure = e;
    }
  }

  void await() {
    ResultExchange sent = exchange;
    if (sent == null) {
      return;
    }
    if (!link.transport().isOpen()) {
      failure = SqlExceptions.connectionClosed();
      return;
    }
    Answer begun = new Answer(link, sent, /* streams= */ false, /* maxRows= */ 0, UNCANCELLED);
    // The server takes one after the other, so this is its time from the answer before.
    measured = link.observation().begin(source == null ? sql : source.sql(), source != null, 1);
    try {
      begun.begin();
      answer = begun;
      Measurement.end(measured, begun.rowCount(), null);
    } catch (SQLException e) {
      // The server's, or the command was not sent: either way it has nothing more to say.
      failure = e;
      Measurement.end(measured, 0, e);
    }
  }

  // ---- without it

  /** Tells how long it took, where somebody wants to know. */
  void tell() {
    Measurement.tell(measured);
    measured = null;
  }

  @Nullable SQLException failure() {
    return failure;
  }

  // ---- results

  private Answer answered() throws SQLException {
    SQLException error = failure;
    if (error != null) {
      throw error;
    }
    Answer given = answer;
    if (given == null) {
      throw SqlExceptions.misuse("the pipeline has not run, or is closed");
    }
    return given;
  }

  @Override
  public ResultSet resultSet() throws SQLException {
    Rows stored = answered().rows();
    if (stored == null) {
      throw SqlExceptions.misuse("the statement gave no rows: ask for its updateCount");
    }
    JdbcResultSet shown = rows;
    if (shown == null) {
      shown = new JdbcResultSet(null, stored, connection.choices(), ResultKind.PLAIN, 0);
      rows = shown;
    }
    return shown;
  }

  @Override
  public long updateCount() throws SQLException {
    Ok ok = answered().ok();
    if (ok == null) {
      throw SqlExceptions.misuse("the statement gave rows: ask for its resultSet");
    }
    return ok.affectedRows();
  }

  @Override
  public ResultSet generatedKeys() throws SQLException {
    Ok ok = answered().ok();
    GeneratedKeys keys = new GeneratedKeys(source == null ? sql : source.sql());
    if (ok != null) {
      keys.add(ok);
    }
    return keys.resultSet(null, connection.choices());
  }

  void close() throws SQLException {
    Answer given = answer;
    answer = null;
    if (given != null) {
      Rows stored = given.rows();
      if (rows != null) {
        rows.close();
      } else if (stored != null) {
        stored.close();
      }
    }
  }
}
