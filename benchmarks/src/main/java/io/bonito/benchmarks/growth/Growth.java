package io.bonito.benchmarks.growth;

import io.bonito.benchmarks.ApartLoader;
import io.bonito.benchmarks.Contender;
import io.bonito.benchmarks.Rounds;
import io.bonito.benchmarks.growth.contest.Cost;
import io.bonito.benchmarks.growth.contest.Place;
import io.bonito.benchmarks.growth.contest.Subject;
import io.bonito.testkit.server.AdminConnection;
import io.bonito.testkit.server.Server;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The drivers beside each other on one server, at one size after the other. */
final class Growth implements AutoCloseable {
  private static final String SHARED = "io.bonito.benchmarks.growth.contest.";
  private static final String SUBJECT = "io.bonito.benchmarks.growth.entrant.JdbcSubject";
  private static final long WINDOW_NANOS = 200_000_000;
  private static final long WARM_UP_NANOS = 1_000_000_000;
  private static final int WARM_UP_ROWS = 500_000;
  private static final int WARM_UP_CONNECTIONS = 10;

  /** So many that a round trip's share of a value is small even where a row has only one. */
  private static final int WIDE_ROWS = 1000;

  private static final int FIRST_NUMBER = 1000;

  private final String server;
  private final String schema;
  private final List<Contender> contenders;
  private final Rounds rounds;
  private final List<Subject> subjects = new ArrayList<>();

  /**
   * Connects each of them.
   *
   * @param home the folder {@code target} of the benchmarks
   * @param version the server's name and version
   * @param schema where a table may be made
   */
  Growth(
      Path home,
      Server server,
      String version,
      String schema,
      List<Contender> contenders,
      int rounds)
      throws Exception {
    this.server = version;
    this.schema = schema;
    this.contenders = contenders;
    this.rounds = new Rounds(/* warmUps= */ 0, rounds);
    for (Contender contender : contenders) {
      ApartLoader classes = ApartLoader.of(home, SHARED, contender.jars());
      subjects.add(classes.make(Subject.class, SUBJECT, place(contender, server)));
    }
    try (AdminConnection admin = server.admin()) {
      makeNumbers(admin);
    }
  }

  private static Place place(Contender contender, Server server) {
    return new Place(
        contender.driver(),
        contender.plainUrl(server.host(), server.port(), "user=" + server.user()),
        contender.streamingFetchSize());
  }

  /** Rows of as many columns as a table may have, about. */
  private void makeNumbers(AdminConnection admin) {
    StringBuilder columns = new StringBuilder();
    StringBuilder values = new StringBuilder();
    for (int i = 1; i <= 1000; i++) {
      columns.append(i == 1 ? "c" : ", c").append(i).append(" INT NOT NULL");
      values.append(i == 1 ? "" : ",").append(FIRST_NUMBER + i);
    }
    admin.execute("CREATE TABLE " + schema + ".numbers (" + columns + ")");
    String row = ",(" + values + ")";
    admin.execute(
        "INSERT INTO " + schema + ".numbers VALUES " + row.repeat(WIDE_ROWS).substring(1));
  }

  private interface Measurement {
    /** One round's figures. */
    double[] take(Subject subject, int size) throws Exception;
  }

  private List<Reading> measure(Matter matter, List<Integer> sizes, Measurement measurement)
      throws Exception {
    List<Reading> all = new ArrayList<>();
    for (int size : sizes) {
      List<Reading> readings = new ArrayList<>();
      for (Contender contender : contenders) {
        readings.add(Reading.begin(server, matter, size, contender));
      }
      rounds.run(
          subjects.size(),
          (who, counts) -> readings.get(who).add(measurement.take(subjects.get(who), size)));
      all.addAll(readings);
    }
    return all;
  }

  // ---- rows

  List<Reading> rows(List<Integer> sizes) throws Exception {
    int warmUp = Math.min(WARM_UP_ROWS, sizes.get(0));
    for (Subject subject : subjects) {
      for (int i = 0; i < 2; i++) {
        subject.stream(generated(warmUp), warmUp);
      }
    }
    return measure(
        Matter.ROWS,
        sizes,
        (subject, size) -> {
          Cost cost = subject.stream(generated(size), size);
          return each(cost, size);
        });
  }

  private static double[] each(Cost cost, double count) {
    return new double[] {cost.nanos() / count, cost.cpuNanos() / count, cost.bytes() / count};
  }

  /**
   * Up to ten million rows that no table holds: every combination of seven digits, one after the
   * other.
   */
  static String generated(int rows) {
    String digits =
        "(SELECT 0 n UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4"
            + " UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8"
            + " UNION ALL SELECT 9) ";
    return "SELECT a.n + 10 * b.n + 100 * c.n + 1000 * d.n + 10000 * e.n + 100000 * f.n"
        + " + 1000000 * g.n AS id, 'a text of thirty-two characters.' AS name FROM "
        + String.join(
            ", ", List.of("a", "b", "c", "d", "e", "f", "g").stream().map(digits::concat).toList())
        + " LIMIT "
        + rows;
  }

  // ---- columns

  List<Reading> columns(List<Integer> sizes) throws Exception {
    for (Subject subject : subjects) {
      for (int size : sizes) {
        subject.query(numbers(size), WIDE_ROWS, size, WARM_UP_NANOS / sizes.size());
      }
    }
    return measure(
        Matter.COLUMNS,
        sizes,
        (subject, size) ->
            each(
                subject.query(numbers(size), WIDE_ROWS, size, WINDOW_NANOS),
                (double) WIDE_ROWS * size));
  }

  private String numbers(int columns) {
    StringBuilder sql = new StringBuilder("SELECT ");
    for (int i = 1; i <= columns; i++) {
      sql.append(i == 1 ? "c" : ",c").append(i);
    }
    return sql.append(" FROM ").append(schema).append(".numbers").toString();
  }

  // ---- connections

  List<Reading> connections(List<Integer> sizes) throws Exception {
    for (Subject subject : subjects) {
      subject.openIdle(WARM_UP_CONNECTIONS);
      subject.closeIdle();
    }
    return measure(
        Matter.CONNECTIONS,
        sizes,
        (subject, size) -> {
          Footprint before = Footprint.now();
          Cost cost = subject.openIdle(size);
          Footprint after = Footprint.now();
          subject.closeIdle();
          return new double[] {
            cost.nanos() / size,
            after.threads() - before.threads(),
            (double) (after.bytes() - before.bytes()) / size
          };
        });
  }

  @Override
  public void close() throws SQLException {
    for (Subject subject : subjects) {
      subject.close();
    }
  }
}
