package io.bonito.jdbc;

import io.bonito.protocol.sql.JdbcEscapes;
import io.bonito.protocol.value.SqlCharset;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Gives the session all commands before it reads the first answer. */
final class JdbcPipeline implements Pipeline {
  /** Commands given to the session ahead of the one whose answer is read. */
  private static final int AHEAD = 256;

  private final JdbcConnection connection;
  private final Link link;
  private final List<PipelinedStatement> statements = new ArrayList<>();
  private boolean begun;

  JdbcPipeline(JdbcConnection connection) throws SQLException {
    this.connection = connection;
    this.link = connection.link();
  }

  @Override
  public Result add(String sql) throws SQLException {
    requireNotBegun();
    if (sql == null) {
      throw SqlExceptions.misuse("there is no SQL to execute");
    }
    return add(new PipelinedStatement(connection, JdbcEscapes.translate(sql, link.rules())));
  }

  @Override
  public Result add(PreparedStatement statement) throws SQLException {
    requireNotBegun();
    JdbcPreparedStatement prepared = statement.unwrap(JdbcPreparedStatement.class);
    if (prepared.connection() != connection) {
      throw SqlExceptions.misuse("the statement is another connection's");
    }
    if (prepared instanceof JdbcCallableStatement) {
      throw SqlExceptions.misuse("a call goes by itself: what comes out of it is read at once");
    }
    return add(new PipelinedStatement(connection, prepared));
  }

  private Result add(PipelinedStatement statement) {
    statements.add(statement);
    return statement;
  }

  private void requireNotBegun() throws SQLException {
    connection.requireOpen();
    if (begun) {
      throw SqlExceptions.misuse("the pipeline has run; begin another one");
    }
  }

  @Override
  public void run() throws SQLException {
    link.lock();
    try {
      requireNotBegun();
      begun = true;
      link.ready();
      for (PipelinedStatement statement : statements) {
        statement.prepare();
      }
      execute();
    } finally {
      link.unlock();
    }
    SQLException first = null;
    for (PipelinedStatement statement : statements) {
      statement.tell();
      first = Batch.joined(first, statement.failure());
    }
    if (first != null) {
      throw first;
    }
  }

  private void execute() {
    // In other charsets a command may turn out not to be expressible; see Batch.
    int ahead = link.state().clientCharset() == SqlCharset.UTF8MB4 ? AHEAD : 1;
    int submitted = 0;
    for (int index = 0; index < statements.size(); index++) {
      while (submitted < statements.size() && submitted - index < ahead) {
        statements.get(submitted++).submit();
      }
      statements.get(index).await();
    }
  }

  @Override
  public void close() throws SQLException {
    begun = true;
    for (PipelinedStatement statement : statements) {
      statement.close();
    }
  }
}
