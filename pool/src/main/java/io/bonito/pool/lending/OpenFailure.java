package io.bonito.pool.lending;

/** What a failure to open says about the next attempt. */
public enum OpenFailure {
  /** Nobody answered: try again in short steps while someone waits. */
  UNREACHABLE,

  /** The other side has no room: ask for less, and more slowly. */
  CAPACITY,

  /** The same would come again (a wrong password): those who wait are told so at once. */
  PERMANENT
}
