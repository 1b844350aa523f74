package io.bonito.benchmarks;

import io.bonito.benchmarks.contest.Carrier;
import io.bonito.benchmarks.contest.Format;
import java.util.List;

/**
 * Who takes part.
 *
 * @param word for the command line
 * @param kind {@code copy}, {@code floor}, {@code bound} or {@code jdbc}
 * @param folder of its jars, below the drivers; empty for Bonito's own
 * @param text options for text, in the driver's words
 * @param binary options for binary
 */
public record Contender(
    String word,
    String title,
    String kind,
    String folder,
    String driver,
    String scheme,
    String text,
    String binary,
    int streamingFetchSize) {

  private static final String COPY = "copy";
  private static final String CONNECTOR_J = "com.mysql.cj.jdbc.Driver";
  private static final String CONNECTOR_J_TUNED =
      "cachePrepStmts=true&prepStmtCacheSize=250&prepStmtCacheSqlLimit=2048"
          + "&useLocalSessionState=true&useLocalTransactionState=true&cacheServerConfiguration=true"
          + "&cacheResultSetMetadata=true&elideSetAutoCommits=true&maintainTimeStats=false"
          + "&enableQueryTimeouts=false&rewriteBatchedStatements=true";
  private static final String MARIA_DB_TUNED =
      "&cachePrepStmts=true&useBulkStmts=true&useLocalSessionState=true";

  /** All, the bare ones first. */
  public static final List<Contender> ALL =
      List.of(
          bare(COPY, "memory copy"),
          bare("floor", "floor: bytes only"),
          bare("bound", "bound: by hand"),
          new Contender(
              "bonito",
              "Bonito",
              "jdbc",
              "",
              "io.bonito.jdbc.Driver",
              "jdbc:bonito://",
              "useServerPrepStmts=false",
              "useServerPrepStmts=true",
              1000),
          mariaDb("mariadb", "MariaDB 4.0", ""),
          mariaDb("mariadb-tuned", "MariaDB 4.0 tuned", MARIA_DB_TUNED),
          connectorJ("mysql", "Connector/J 26.10", "mysql-26.10", ""),
          connectorJ("mysql-tuned", "Connector/J 26.10 tuned", "mysql-26.10", CONNECTOR_J_TUNED),
          connectorJ("mysql9", "Connector/J 9.7", "mysql-9.7", ""),
          connectorJ("mysql9-tuned", "Connector/J 9.7 tuned", "mysql-9.7", CONNECTOR_J_TUNED));

  private static Contender bare(String kind, String title) {
    return new Contender(kind, title, kind, "", "", "jdbc:bonito://", "", "", 0);
  }

  private static Contender mariaDb(String word, String title, String tuned) {
    return new Contender(
        word,
        title,
        "jdbc",
        "mariadb-4.0",
        "org.mariadb.jdbc.Driver",
        "jdbc:mariadb://",
        "useServerPrepStmts=false" + tuned,
        "useServerPrepStmts=true" + tuned,
        1000);
  }

  private static Contender connectorJ(String word, String title, String folder, String tuned) {
    String with = tuned.isEmpty() ? "" : "&" + tuned;
    return new Contender(
        word,
        title,
        "jdbc",
        folder,
        CONNECTOR_J,
        "jdbc:mysql://",
        "useServerPrepStmts=false" + with,
        "useServerPrepStmts=true" + with,
        Integer.MIN_VALUE);
  }

  /** Whether it only copies within memory, which stands beside decoding from memory. */
  boolean isCopy() {
    return kind.equals(COPY);
  }

  /** Whether it is no driver. */
  public boolean isBare() {
    return !kind.equals("jdbc");
  }

  /** Patterns of the jars that its driver needs, below the folder {@code target}. */
  public List<String> jars() {
    return List.of(
        folder.isEmpty()
            ? "lib/bonito-{protocol,transport,jdbc}-*.jar"
            : "drivers/" + folder + "/*.jar");
  }

  /**
   * A URL for text over TCP without TLS.
   *
   * @param query user, password and what else is to stand in it
   */
  public String plainUrl(String host, int port, String query) {
    return new Endpoint(host, port, "", query).url(this, Format.TEXT, Carrier.TCP);
  }

  String options(Format format) {
    return format == Format.TEXT ? text : binary;
  }

  @Override
  public String toString() {
    return title;
  }
}
