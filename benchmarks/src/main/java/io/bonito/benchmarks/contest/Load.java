package io.bonito.benchmarks.contest;

/** A kind of work. */
public enum Load {
  POINT("point read by key"),
  ROWS("1,000 rows x (int, 32 chars)"),
  HUNDRED("1 row x 100 ints"),
  MIXED("1,000 rows x 12 types, typed getters"),
  STRINGS("1,000 rows x 12 types, as strings"),
  STREAM("all rows, streamed"),
  TWENTY("20 point reads in a row"),
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
      case POINT, ROWS, HUNDRED, MIXED, STRINGS, STREAM, TWENTY -> true;
      case TRANSACTION, BEGIN, UPDATE, PARAMETERS, PROCEDURE, WIDE, BATCH, CONNECT, OWN -> false;
    };
  }

  /** Whether the format makes a difference. */
  public boolean hasFormats() {
    return this != CONNECT && this != OWN;
  }
}
