package io.bonito.benchmarks.threads.contest;

/**
 * What a throng is to do, and where.
 *
 * @param pool {@code bonito}, {@code hikari}, or {@code shared} for a driver that needs none
 * @param driver the class
 * @param url of JDBC
 * @param table with the columns {@code id} and {@code name}
 * @param rows in it, with the keys {@link #FIRST_KEY} and following
 * @param connections that the pool may have
 * @param threads that share them
 * @param virtual whether these are virtual
 */
public record Place(
    String pool,
    String driver,
    String url,
    String table,
    int rows,
    int connections,
    int threads,
    boolean virtual) {
  public static final int FIRST_KEY = 1_000_000;

  /**
   * The same, where nothing but the first row is asked for, as a replay can answer nothing else.
   */
  public Place ofOneRow() {
    return new Place(pool, driver, url, table, 1, connections, threads, virtual);
  }

  /** The statement; its parameter is the key. */
  public String sql() {
    return "SELECT id, name FROM " + table + " WHERE id = ?";
  }
}
