package io.bonito.integrationkit;

/** What is wrong with a {@link FlawedTransport}. */
enum Flaw {
  NONE,
  LOSES_A_BYTE,
  TAKES_NO_PIECES,
  LOOKS_AT_NO_CLOCK,
  /** Gives each read the whole time. */
  BEGINS_THE_TIME_ANEW,
  GOES_ON_AFTER_THE_END,
  TELLS_BEFORE_IT_CLOSES,
  NEVER_CLOSES,
  IS_DEAF_TO_ABORT,
  READS_AHEAD,
  TRUSTS_ANYONE,
  LOADS_HALF,
  LEAVES_WITHOUT_A_WORD,
  SAYS_THAT_NOTHING_HAS_RUN
}
