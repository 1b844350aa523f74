package io.bonito.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;

/** A kind of work, written as an application would write it. */
enum Load {
  POINT_READ("read by key") {
    @Override
    Work prepare(Connection connection, Contender contender, DemoSchema schema)
        throws SQLException {
      PreparedStatement statement =
          connection.prepareStatement("SELECT id, name FROM " + schema.table() + " WHERE id = ?");
      Random random = new Random(1);
      return () -> {
        int id = random.nextInt(schema.rows());
        statement.setInt(1, id);
        try (ResultSet row = statement.executeQuery()) {
          row.next();
          requireEqual(id, row.getInt(1));
          return row.getString(2).length();
        }
      };
    }
  },
  THOUSAND_ROWS("1,000 rows") {
    @Override
    Work prepare(Connection connection, Contender contender, DemoSchema schema)
        throws SQLException {
      Statement statement = connection.createStatement();
      String sql = "SELECT id, name FROM " + schema.table() + " WHERE id < 1000";
      return () -> {
        try (ResultSet rows = statement.executeQuery(sql)) {
          return readAll(rows, 1000);
        }
      };
    }
  },
  ALL_ROWS("all rows, streamed") {
    @Override
    Work prepare(Connection connection, Contender contender, DemoSchema schema)
        throws SQLException {
      Statement statement =
          connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
      statement.setFetchSize(contender.streamingFetchSize());
      String sql = "SELECT id, name FROM " + schema.table();
      return () -> {
        try (ResultSet rows = statement.executeQuery(sql)) {
          return readAll(rows, schema.rows());
        }
      };
    }
  },
  TRANSACTION("begin, read, update, commit") {
    @Override
    Work prepare(Connection connection, Contender contender, DemoSchema schema)
        throws SQLException {
      connection.setAutoCommit(false);
      PreparedStatement read =
          connection.prepareStatement("SELECT name FROM " + schema.table() + " WHERE id = ?");
      PreparedStatement update =
          connection.prepareStatement("UPDATE " + schema.table() + " SET name = ? WHERE id = ?");
      Random random = new Random(2);
      return () -> {
        int id = random.nextInt(schema.rows());
        read.setInt(1, id);
        String name;
        try (ResultSet row = read.executeQuery()) {
          row.next();
          name = row.getString(1);
        }
        update.setString(1, name);
        update.setInt(2, id);
        requireEqual(1, update.executeUpdate());
        connection.commit();
        return name.length();
      };
    }
  },
  BATCH("batch of 100 inserts") {
    @Override
    Work prepare(Connection connection, Contender contender, DemoSchema schema)
        throws SQLException {
      connection.setAutoCommit(false);
      PreparedStatement insert =
          connection.prepareStatement("INSERT INTO " + schema.inserts() + " (name) VALUES (?)");
      return () -> {
        for (int i = 0; i < 100; i++) {
          insert.setString(1, DemoSchema.nameOf(i));
          insert.addBatch();
        }
        int[] counts = insert.executeBatch();
        connection.rollback();
        return counts.length;
      };
    }
  };

  /** One operation; what it returns only keeps it from being optimised away. */
  interface Work {
    long run() throws SQLException;
  }

  private final String title;

  Load(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** Prepares what is repeated, on a connection of its own. */
  abstract Work prepare(Connection connection, Contender contender, DemoSchema schema)
      throws SQLException;

  private static long readAll(ResultSet rows, int expected) throws SQLException {
    long sum = 0;
    int count = 0;
    while (rows.next()) {
      sum += rows.getInt(1) + rows.getString(2).length();
      count++;
    }
    requireEqual(expected, count);
    return sum;
  }

  private static void requireEqual(int expected, int found) {
    if (expected != found) {
      throw new IllegalStateException("found " + found + " where " + expected + " was due");
    }
  }
}
