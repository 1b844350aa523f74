package io.bonito.benchmarks.threads;

import java.util.List;

/**
 * Who takes part.
 *
 * @param word for the command line
 * @param pool as in {@code Place}
 * @param folder of the driver's jars below the drivers; empty for Bonito's own
 * @param url with %s for the address and the schema
 */
record Rival(String word, String title, String pool, String folder, String driver, String url) {
  private static final String BONITO = "io.bonito.jdbc.Driver";
  private static final String CONNECTOR_J = "com.mysql.cj.jdbc.Driver";
  private static final String BONITO_URL = "jdbc:bonito://%s/%s?user=root&sslMode=disable";
  private static final String CONNECTOR_J_URL =
      "jdbc:mysql://%s/%s?user=root&sslMode=DISABLED&allowPublicKeyRetrieval=true";
  private static final String CONNECTOR_J_TUNED =
      "&useServerPrepStmts=true&cachePrepStmts=true&useLocalSessionState=true"
          + "&cacheServerConfiguration=true&cacheResultSetMetadata=true&maintainTimeStats=false"
          + "&elideSetAutoCommits=true";

  static final List<Rival> ALL =
      List.of(
          new Rival("bonito", "Bonito, QueuePool", "bonito", "", BONITO, BONITO_URL),
          new Rival(
              "bonito-shared",
              "Bonito, multiplexing=4",
              "shared",
              "",
              BONITO,
              BONITO_URL + "&multiplexing=4"),
          new Rival("bonito-hikari", "Bonito, HikariCP", "hikari", "", BONITO, BONITO_URL),
          new Rival(
              "mariadb",
              "MariaDB Connector/J 4.0, HikariCP",
              "hikari",
              "mariadb-4.0",
              "org.mariadb.jdbc.Driver",
              "jdbc:mariadb://%s/%s?user=root&sslMode=disable&allowPublicKeyRetrieval=true"
                  + "&useServerPrepStmts=true&cachePrepStmts=true"),
          new Rival(
              "mysql",
              "Connector/J 26.10, HikariCP",
              "hikari",
              "mysql-26.10",
              CONNECTOR_J,
              CONNECTOR_J_URL),
          new Rival(
              "mysql-tuned",
              "Connector/J 26.10 tuned, HikariCP",
              "hikari",
              "mysql-26.10",
              CONNECTOR_J,
              CONNECTOR_J_URL + CONNECTOR_J_TUNED));

  /** Whether a connection sends nothing before its last command is answered. */
  boolean waitsForAnswers() {
    return !pool.equals("shared");
  }

  String url(String address, String schema) {
    return url.formatted(address, schema);
  }
}
