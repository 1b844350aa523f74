package io.bonito.async;

/** Something that has the connection to itself for a while; all on the event loop. */
interface Turn {
  /** It is its turn. It says so when it is over, at once or later. */
  void begin();

  /** It will have no turn. */
  void refuse(AsyncException why);
}
