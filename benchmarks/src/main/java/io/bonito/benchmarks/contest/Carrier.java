package io.bonito.benchmarks.contest;

/** What bytes travel over. */
public enum Carrier {
  TCP,
  UNIX,
  TLS
}
