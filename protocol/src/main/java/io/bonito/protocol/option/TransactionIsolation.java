package io.bonito.protocol.option;

import java.util.Locale;

/** How far transactions are kept apart, by the servers' words. */
public enum TransactionIsolation {
  /** As the server has been set. */
  SERVERS(""),
  READ_UNCOMMITTED("READ UNCOMMITTED"),
  READ_COMMITTED("READ COMMITTED"),
  REPEATABLE_READ("REPEATABLE READ"),
  SERIALIZABLE("SERIALIZABLE");

  static final OptionType<TransactionIsolation> TYPE =
      new OptionType<>(
          "READ-UNCOMMITTED, READ-COMMITTED, REPEATABLE-READ, SERIALIZABLE",
          TransactionIsolation::parse,
          isolation -> isolation.words.replace(' ', '-'));

  private final String words;

  TransactionIsolation(String words) {
    this.words = words;
  }

  /** As {@code SET TRANSACTION ISOLATION LEVEL} takes it; empty for the server's own. */
  public String words() {
    return words;
  }

  private static TransactionIsolation parse(String text) {
    String plain = text.toUpperCase(Locale.ROOT).replace('-', ' ').replace('_', ' ');
    for (TransactionIsolation isolation : values()) {
      if (isolation.words.equals(plain)) {
        return isolation;
      }
    }
    throw new IllegalArgumentException("a level such as READ-COMMITTED is due");
  }
}
