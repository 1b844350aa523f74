package io.bonito.benchmarks.reactive.contest;

/**
 * What a crew is to do, and where.
 *
 * @param driver class and URL, or URL, with a %s for the address; empty where the entrant is one
 *     driver's own
 * @param depth how many statements of one connection may be sent ahead of their answers
 * @param rows in the table {@code things}, with the keys {@link #FIRST_KEY} and following
 * @param connections each of which is kept at work
 */
public record Task(
    Work work,
    String driver,
    int depth,
    String host,
    int port,
    String schema,
    int rows,
    int connections) {
  public static final int FIRST_KEY = 1_000_000;
  public static final int SOME_ROWS = 1000;
  public static final int READS_AT_ONCE = 20;

  /** The statement; point reads and inserts have one parameter, a {@code ?}. */
  public String sql() {
    return switch (work) {
      case POINT, TWENTY -> "SELECT id, name FROM " + schema + ".things WHERE id = ?";
      case ROWS ->
          "SELECT id, name FROM " + schema + ".things WHERE id < " + (FIRST_KEY + SOME_ROWS);
      case STREAM -> "SELECT id, name FROM " + schema + ".things";
      case INSERT -> "INSERT INTO " + schema + ".inserted (name) VALUES (?)";
    };
  }

  /** How many rows one operation reads. */
  public int rowsDue() {
    return switch (work) {
      case POINT -> 1;
      case TWENTY -> READS_AT_ONCE;
      case ROWS -> Math.min(SOME_ROWS, rows);
      case STREAM -> rows;
      case INSERT -> 0;
    };
  }

  /** How many statements one operation consists of. */
  public int statements() {
    return work == Work.TWENTY ? READS_AT_ONCE : 1;
  }
}
