package io.bonito.benchmarks.reactive.contest;

import java.util.Locale;

/** A kind of work. */
public enum Work {
  POINT("point read by key"),
  ROWS("1,000 rows x (int, 32 chars)"),
  TWENTY("20 point reads given at once"),
  STREAM("all rows, streamed"),
  INSERT("insert of one row");

  private final String title;

  Work(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }

  /** The word for it on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
