package io.bonito.integrationkit;

/** What a peer does where its part of a conversation breaks off. */
enum Ending {
  /** Ends its side of the stream; in TLS too without a word. */
  END_OF_STREAM,
  /** Breaks the connection. */
  RESET,
  /** Says nothing more, and keeps the connection. */
  STALL,
  /** Says what is nothing, and keeps the connection. */
  NONSENSE
}
