package io.bonito.benchmarks.contest;

/** A kind of work. */
public enum Load {
  POINT("point read by key"),
  SELECT1("SELECT 1"),
  ROWS("1,000 rows x (int, 32 chars)"),
  HUNDRED("1 row x 100 ints"),
  MIXED("1,000 rows x 12 types, typed getters"),
  STRINGS("1,000 rows x 12 types, as strings"),
  STREAM("all rows, streamed"),
  TWENTY("20 point reads in a row"),
  /** Rivals, which cannot, read one after the other. */
  PIPELINE("20 independent point reads, pipelined"),
  TRANSACTION("begin, read, 2 updates, insert, commit"),
  BEGIN("autocommit off, read, commit, autocommit on"),
  UPDATE("update of a row"),
  PARAMETERS("query with 1,000 parameters"),
  PROCEDURE("call of a stored procedure"),
  WIDE("100 rows x (4,000 chars, 16 KiB blob)"),
  BATCH("batch of 100 inserts"),
  CONNECT("connect and close"),
  /** The user's own statements, one after the other, every value read. */
  OWN("the statements of --sql");

  private final String title;

  Load(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }

  /** The word for it on the command line. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Whether there is a floor: the reply to the same command has always the same size. */
  public boolean hasFloor() {
    return switch (this) {
      case POINT, SELECT1, ROWS, HUNDRED, MIXED, STRINGS, STREAM, TWENTY, PIPELINE, WIDE -> true;
      case TRANSACTION, BEGIN, UPDATE, PARAMETERS, PROCEDURE, BATCH, CONNECT, OWN -> false;
    };
  }

  /**
   * The rows of one operation, where their decoding is what costs; else 0.
   *
   * @param all in the table that is streamed
   */
  public int rows(int all) {
    return switch (this) {
      case HUNDRED -> 1;
      case ROWS, MIXED, STRINGS -> Setting.SOME_ROWS;
      case WIDE -> Setting.WIDE_ROWS;
      case STREAM -> all;
      default -> 0;
    };
  }

  /** How many point reads there are in one operation that is made of them. */
  public int repetitions() {
    return this == TWENTY || this == PIPELINE ? Setting.READS_IN_A_ROW : 1;
  }

  /** Whether the format makes a difference. */
  public boolean hasFormats() {
    return this != CONNECT && this != OWN;
  }
}
