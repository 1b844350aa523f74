package io.bonito.async;

/** Something that has the connection to itself for a while; all on the event loop. */
interface Turn {
  /** It is its turn. It says so when it is over, at once or later. */
  void begin();

  /**
   * Nobody waits for it any more: it sees to its end.
   *
   * @param all false: only where its end is for somebody else to say, as by taking rows
   */
  default void giveUp(boolean all) {}

  /** It will have no turn. */
  void refuse(AsyncException why);
}
