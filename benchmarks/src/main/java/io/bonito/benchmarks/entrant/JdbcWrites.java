package io.bonito.benchmarks.entrant;

import io.bonito.benchmarks.contest.Setting;
import io.bonito.benchmarks.contest.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.SplittableRandom;

/** The loads that write. */
final class JdbcWrites {
  private JdbcWrites() {}

  /** A read, two updates and an insert between the beginning and the commit: five statements. */
  static final class Transaction extends JdbcWork {
    private final PreparedStatement read;
    private final PreparedStatement update;
    private final PreparedStatement insert;
    private final int keys;
    private final SplittableRandom random = random();

    Transaction(Connection connection, Setting setting) throws SQLException {
      super(connection);
      connection.setAutoCommit(false);
      this.read = connection.prepareStatement(Sql.point(setting));
      this.update = connection.prepareStatement(Sql.update(setting));
      this.insert = connection.prepareStatement(Sql.insert(setting));
      this.keys = setting.rows();
    }

    @Override
    long run() throws SQLException {
      int key = Setting.FIRST_KEY + random.nextInt(keys - 1);
      read.setInt(1, key);
      String name;
      try (ResultSet row = read.executeQuery()) {
        row.next();
        name = row.getString(2);
      }
      for (int i = 0; i < 2; i++) {
        update.setString(1, Sql.nameOf(key + i));
        update.setInt(2, key + i);
        requireEqual(1, update.executeUpdate());
      }
      insert.setString(1, name);
      requireEqual(1, insert.executeUpdate());
      connection.commit();
      return name.length();
    }
  }

  /**
   * As frameworks do it with a connection of a pool: autocommit is off for the transaction only.
   */
  static final class Begin extends JdbcWork {
    private final PreparedStatement read;
    private final int keys;
    private final SplittableRandom random = random();

    Begin(Connection connection, Setting setting) throws SQLException {
      super(connection);
      this.read = connection.prepareStatement(Sql.point(setting));
      this.keys = setting.rows();
    }

    @Override
    long run() throws SQLException {
      connection.setAutoCommit(false);
      int key = Setting.FIRST_KEY + random.nextInt(keys);
      read.setInt(1, key);
      long length;
      try (ResultSet row = read.executeQuery()) {
        row.next();
        requireEqual(key, row.getInt(1));
        length = row.getString(2).length();
      }
      connection.commit();
      connection.setAutoCommit(true);
      return length;
    }
  }

  static final class Update extends JdbcWork {
    private final PreparedStatement update;
    private final int keys;
    private final SplittableRandom random = random();

    Update(Connection connection, Setting setting) throws SQLException {
      super(connection);
      this.update = connection.prepareStatement(Sql.update(setting));
      this.keys = setting.rows();
    }

    @Override
    long run() throws SQLException {
      int key = Setting.FIRST_KEY + random.nextInt(keys);
      // The same name: what is measured is not the disk.
      update.setString(1, Sql.nameOf(key));
      update.setInt(2, key);
      int count = update.executeUpdate();
      requireEqual(1, count);
      return count;
    }
  }

  static final class Batch extends JdbcWork {
    private final PreparedStatement insert;

    Batch(Connection connection, Setting setting) throws SQLException {
      super(connection);
      connection.setAutoCommit(false);
      this.insert = connection.prepareStatement(Sql.insert(setting));
    }

    @Override
    long run() throws SQLException {
      for (int i = 0; i < Setting.BATCH_SIZE; i++) {
        insert.setString(1, Sql.nameOf(Setting.FIRST_KEY + i));
        insert.addBatch();
      }
      int[] counts = insert.executeBatch();
      requireEqual(Setting.BATCH_SIZE, counts.length);
      connection.rollback();
      return counts.length;
    }
  }
}
