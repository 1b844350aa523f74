package io.bonito.benchmarks.reactive;

import io.bonito.benchmarks.reactive.contest.Work;
import java.util.List;

/**
 * Who takes part.
 *
 * @param word for the command line
 * @param crew the class that does its work
 * @param folder of its jars below the drivers; empty for those on the class path of the benchmarks
 * @param driver what {@code Task.driver} is
 * @param depth how many statements of one connection it may send ahead
 */
record Rival(String word, String title, String crew, String folder, String driver, int depth) {
  private static final String THREADS = "ThreadCrew";
  private static final String R2DBC = "R2dbcCrew";

  static final Rival ASYNC =
      new Rival("bonito-async", "Bonito async", "BonitoAsyncCrew", "", "", 1);

  private static final Rival FLOOR =
      new Rival("floor", "floor: bytes only", "FloorCrew", "", "jdbc:bonito://%s/?user=root", 1);

  static final List<Rival> ALL =
      List.of(
          FLOOR,
          ASYNC,
          new Rival(
              "bonito-r2dbc",
              "Bonito R2DBC",
              R2DBC,
              "",
              "r2dbc:bonito://root:@%s/?sslMode=disable",
              1),
          new Rival(
              "bonito-r2dbc-64",
              "Bonito R2DBC, pipelining=true",
              R2DBC,
              "",
              "r2dbc:bonito://root:@%s/?sslMode=disable&pipelining=true",
              64),
          new Rival(
              "r2dbc-mysql",
              "r2dbc-mysql 1.4.2",
              R2DBC,
              "",
              "r2dbc:mysql://root:@%s/?sslMode=DISABLED",
              1),
          new Rival(
              "r2dbc-mariadb",
              "r2dbc-mariadb 1.4.0",
              R2DBC,
              "",
              "r2dbc:mariadb://root:@%s/?sslMode=disable",
              1),
          new Rival("vertx", "Vert.x 5.0.10", "VertxCrew", "", "", 1),
          new Rival("vertx-64", "Vert.x 5.0.10, pipelining 64", "VertxCrew", "", "", 64),
          new Rival("jasync", "jasync 2.2.4", "JasyncCrew", "", "", 1),
          new Rival(
              "bonito-jdbc",
              "Bonito JDBC, threads",
              THREADS,
              "",
              "io.bonito.jdbc.Driver jdbc:bonito://%s/?user=root&sslMode=disable",
              1),
          new Rival(
              "mariadb",
              "MariaDB Connector/J 4.0, threads",
              THREADS,
              "mariadb-4.0",
              "org.mariadb.jdbc.Driver jdbc:mariadb://%s/?user=root&sslMode=disable"
                  + "&allowPublicKeyRetrieval=true",
              1),
          new Rival(
              "mysql",
              "Connector/J 26.10, threads",
              THREADS,
              "mysql-26.10",
              "com.mysql.cj.jdbc.Driver jdbc:mysql://%s/?user=root&sslMode=DISABLED"
                  + "&allowPublicKeyRetrieval=true",
              1));

  /**
   * Sending ahead makes a difference only where there is more than one to send; the floor knows how
   * an answer ends by its size, which for an insert differs from one to the next.
   */
  boolean takesPartIn(Work work) {
    return equals(FLOOR) ? work != Work.INSERT : depth == 1 || work == Work.TWENTY;
  }
}
