package io.bonito.benchmarks.entrant;

import io.bonito.benchmarks.contest.Setting;
import io.bonito.benchmarks.contest.Sql;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.SplittableRandom;

/** The loads in which parameters or a routine count. */
final class JdbcCalls {
  private JdbcCalls() {}

  static final class Parameters extends JdbcWork {
    private final PreparedStatement statement;
    private final int keys;
    private final SplittableRandom random = random();

    Parameters(Connection connection, Setting setting) throws SQLException {
      super(connection);
      this.statement = connection.prepareStatement(Sql.inList(setting));
      this.keys = setting.rows() - Setting.MANY_PARAMETERS;
    }

    @Override
    long run() throws SQLException {
      int first = Setting.FIRST_KEY + random.nextInt(keys);
      for (int i = 0; i < Setting.MANY_PARAMETERS; i++) {
        statement.setInt(i + 1, first + i);
      }
      int count = 0;
      long sum = 0;
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          sum += rows.getInt(1);
          count++;
        }
      }
      requireEqual(Setting.MANY_PARAMETERS, count);
      return sum;
    }
  }

  /** It reads one row. */
  static final class Procedure extends JdbcWork {
    private final CallableStatement call;
    private final int keys;
    private final SplittableRandom random = random();

    Procedure(Connection connection, Setting setting) throws SQLException {
      super(connection);
      this.call = connection.prepareCall(Sql.call(setting));
      this.keys = setting.rows();
    }

    @Override
    long run() throws SQLException {
      int key = Setting.FIRST_KEY + random.nextInt(keys);
      call.setInt(1, key);
      try (ResultSet row = call.executeQuery()) {
        row.next();
        requireEqual(key, row.getInt(1));
        return row.getString(2).length();
      }
    }
  }
}
