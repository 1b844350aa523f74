package io.bonito.async;

/**
 * Something that has the connection for a while, to itself or together with others that share it
 * too; all on the event loop.
 */
interface Turn {
  /** It is its turn. It says so when it is over, at once or later. */
  void begin();

  /** While it is under way: whether another that may join can be sent behind it. */
  default boolean isShared() {
    return false;
  }

  /** While it waits: whether it can be sent at once, behind others that are not answered. */
  default boolean mayJoin() {
    return false;
  }

  /** All that were under way together with it are over. */
  default void left() {}

  /**
   * Nobody waits for it any more: it sees to its end.
   *
   * @param all false: only where its end is for somebody else to say, as by taking rows
   */
  default void giveUp(boolean all) {}

  /** It will have no turn. */
  void refuse(AsyncException why);
}
