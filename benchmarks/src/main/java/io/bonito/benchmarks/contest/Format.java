package io.bonito.benchmarks.contest;

/** How statements and rows travel. */
public enum Format {
  /** Values are written into the SQL; rows come as text. */
  TEXT,
  /** The server has prepared the statement; values and rows are binary. */
  BINARY
}
