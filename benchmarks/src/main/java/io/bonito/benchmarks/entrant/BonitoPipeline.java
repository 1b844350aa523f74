package io.bonito.benchmarks.entrant;

import io.bonito.benchmarks.contest.Setting;
import io.bonito.benchmarks.contest.Sql;
import io.bonito.jdbc.BonitoConnection;
import io.bonito.jdbc.Pipeline;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.SplittableRandom;

/**
 * Independent point reads in one write. A class of its own, since its names are unknown where
 * another driver is at work.
 */
final class BonitoPipeline extends JdbcWork {
  private final BonitoConnection pipelining;
  private final PreparedStatement statement;
  private final int keys;
  private final SplittableRandom random = random();
  private final int[] asked = new int[Setting.READS_IN_A_ROW];
  private final Pipeline.Result[] results = new Pipeline.Result[Setting.READS_IN_A_ROW];

  private BonitoPipeline(Connection connection, Setting setting) throws SQLException {
    super(connection);
    this.pipelining = connection.unwrap(BonitoConnection.class);
    this.statement = connection.prepareStatement(Sql.point(setting));
    this.keys = setting.fixedKey() ? 1 : setting.rows();
  }

  static Work of(Connection connection, Setting setting) throws SQLException {
    return new BonitoPipeline(connection, setting);
  }

  @Override
  long run() throws SQLException {
    try (Pipeline pipeline = pipelining.pipeline()) {
      for (int i = 0; i < asked.length; i++) {
        asked[i] = Setting.FIRST_KEY + random.nextInt(keys);
        statement.setInt(1, asked[i]);
        results[i] = pipeline.add(statement);
      }
      pipeline.run();
      long sum = 0;
      for (int i = 0; i < asked.length; i++) {
        ResultSet row = results[i].resultSet();
        row.next();
        requireEqual(asked[i], row.getInt(1));
        sum += row.getString(2).length();
      }
      return sum;
    }
  }
}
