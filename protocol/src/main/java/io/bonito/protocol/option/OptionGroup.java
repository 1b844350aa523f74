package io.bonito.protocol.option;

/** The chapters of {@code docs/options.md}. */
public enum OptionGroup {
  ADDRESS("Where the server is"),
  LOGIN("Who connects"),
  TLS("TLS"),
  SAFETY("What a server may ask for"),
  NETWORK("Time and network"),
  SESSION("The session"),
  STATEMENTS("Statements"),
  VALUES("Values"),
  LIMITS("Limits"),
  LOGS("Logs");

  private final String title;

  OptionGroup(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }
}
