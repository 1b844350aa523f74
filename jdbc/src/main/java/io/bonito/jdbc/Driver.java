package io.bonito.jdbc;

/**
 * The driver for those who name it: it takes all five prefixes, whoever else is there.
 *
 * <pre>
 *   spring.datasource.driver-class-name=io.bonito.jdbc.Driver
 * </pre>
 *
 * <p>It registers itself when it is loaded, behind all others, so it never takes a {@code
 * DriverManager.getConnection("jdbc:mysql:…")} from a rival.
 */
public final class Driver extends BonitoDriver {
  static {
    register(new Driver(), () -> AutoDriver.named = false);
    AutoDriver.named = true;
  }

  /** For frameworks; applications need no driver object. */
  public Driver() {}
}
