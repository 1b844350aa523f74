package io.bonito.conformance.jdbc;

import io.bonito.conformance.jdbc.DifferentialScript.Line;
import io.bonito.testkit.server.Family;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Has one driver execute a script, and writes down what it tells. */
final class DriverRun {
  /** How statements go to the server. */
  enum Mode {
    /** As text; the values of parameters are written into it. */
    TEXT,
    /** Prepared by the server; rows come in binary. */
    BINARY
  }

  private final Connection connection;
  private final Mode mode;
  private final Telling telling = new Telling();

  DriverRun(Connection connection, Mode mode) {
    this.connection = connection;
    this.mode = mode;
  }

  /** What the connection's options are. */
  static String[] options(Mode mode) {
    return new String[] {"useServerPrepStmts=" + (mode == Mode.BINARY), "socketTimeout=60000"};
  }

  Telling run(DifferentialScript script, Family family) throws SQLException {
    Jdbc.run(connection, "SET time_zone = '+00:00'");
    for (Line line : script.lines()) {
      if (!line.isFor(family) || (line.textOnly() && mode == Mode.BINARY)) {
        continue;
      }
      if (line.setup()) {
        Jdbc.run(connection, line.sql());
      } else {
        execute(line);
      }
    }
    return telling;
  }

  private void execute(Line line) {
    telling.at(line.sql());
    try {
      if (line.call()) {
        try (CallableStatement call = connection.prepareCall(line.sql())) {
          executions(line, call);
        }
      } else if (line.hasParameters() || mode == Mode.BINARY) {
        try (PreparedStatement prepared = prepare(line)) {
          executions(line, prepared);
        }
      } else {
        try (Statement statement = connection.createStatement()) {
          boolean rows =
              line.keys()
                  ? statement.execute(line.sql(), Statement.RETURN_GENERATED_KEYS)
                  : statement.execute(line.sql());
          told(line, statement, rows);
        }
      }
    } catch (SQLException e) {
      telling.failure("execution", e);
    }
  }

  private PreparedStatement prepare(Line line) throws SQLException {
    return line.keys()
        ? connection.prepareStatement(line.sql(), Statement.RETURN_GENERATED_KEYS)
        : connection.prepareStatement(line.sql());
  }

  private void executions(Line line, PreparedStatement statement) throws SQLException {
    int number = 0;
    for (List<String> values : line.executions()) {
      number++;
      if (line.executions().size() > 1) {
        telling.at(line.sql() + " (" + number + ": " + String.join(", ", values) + ")");
      }
      for (int i = 0; i < values.size(); i++) {
        DifferentialScript.set(statement, i + 1, values.get(i));
      }
      try {
        told(line, statement, statement.execute());
      } catch (SQLException e) {
        telling.failure("execution", e);
      }
    }
  }

  private void told(Line line, Statement statement, boolean rows) throws SQLException {
    telling.warnings(statement);
    telling.results(statement, rows, line.keys());
  }
}
