package io.bonito.benchmarks.contest;

import java.util.List;

/**
 * All that an entrant is told.
 *
 * @param socketPath of the server's Unix socket; empty where the carrier is another
 * @param schema that holds the tables; empty for the user's own statements
 * @param rows in the table that is read, with the keys {@link #FIRST_KEY} and following
 * @param fixedKey whether point reads ask for one row only, as a replay can answer nothing else
 * @param driver the class, or empty for the floor and the bound
 * @param url of JDBC; the floor and the bound talk to the server as Bonito does with its URL
 * @param streamingFetchSize what makes the driver hand out rows as they arrive
 * @param statements the user's own
 */
public record Setting(
    Load load,
    Format format,
    Carrier carrier,
    String host,
    int port,
    String socketPath,
    String schema,
    int rows,
    boolean fixedKey,
    String driver,
    String url,
    int streamingFetchSize,
    List<String> statements) {
  /** All keys have seven digits, so that all replies to a point read have one size. */
  public static final int FIRST_KEY = 1_000_000;

  /** Rows of the smaller results. */
  public static final int SOME_ROWS = 1000;

  public static final int BATCH_SIZE = 100;
  public static final int READS_IN_A_ROW = 20;
  public static final int WIDE_COLUMNS = 100;
  public static final int MANY_PARAMETERS = 1000;
  public static final int WIDE_ROWS = 100;
  public static final int WIDE_CHARACTERS = 4000;
  public static final int WIDE_BYTES = 16 * 1024;
  public static final int MIXED_COLUMNS = 12;

  public String table(String name) {
    return schema + "." + name;
  }
}
