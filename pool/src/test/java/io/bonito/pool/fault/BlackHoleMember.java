package io.bonito.pool.fault;

import io.bonito.jdbc.AutoDriver;
import io.bonito.pool.lending.PoolStatus;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Driver;
import java.util.Properties;

/**
 * Three workers for each place of a pool, behind a cable that is pulled.
 *
 * <pre>
 *   arguments    host, port, size of the pool, connect time-out in seconds
 *   says ready   all workers have been served, and the pool is empty and suspended
 *   a line  ▶    it is resumed: all of it is to be opened anew
 *   waiting      all workers wait
 *   a line  ▶    how many attempts are under way, and how often it has lent since
 *   a line  ▶    back, as soon as each worker has been served again
 *   a line  ▶    how many errors workers have seen
 * </pre>
 */
public final class BlackHoleMember {
  private BlackHoleMember() {}

  public static void main(String[] arguments) throws Exception {
    BufferedReader told =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    int size = Integer.parseInt(arguments[2]);
    int workers = 3 * size;
    Driver driver = new AutoDriver();
    String url = "jdbc:bonito:mysql://" + arguments[0] + ":" + arguments[1] + "/";
    Properties properties = new Properties();
    properties.setProperty("user", Scene.USER);
    properties.setProperty("password", "secret");
    properties.setProperty("sslMode", "trust");
    properties.setProperty("connectTimeout", arguments[3] + "000");
    try (Crew crew =
        new Crew(
            "hole",
            () -> driver.connect(url, properties),
            workers,
            Crew.WORK,
            "pool_size",
            arguments[2],
            "max_overflow",
            "0",
            "timeout",
            "120")) {
      crew.awaitAllServedAfter(System.nanoTime());
      crew.pool().pool().suspend();
      crew.pool().pool().dispose();
      crew.await("none left", () -> crew.status().total() == 0);
      System.out.println("ready");
      told.readLine();
      crew.pool().pool().resume();
      crew.await(
          "all wait", () -> crew.status().waiting() == workers && crew.status().opening() > 0);
      long before = crew.status().borrowed();
      System.out.println("waiting");
      told.readLine();
      PoolStatus hung = crew.status();
      System.out.println(hung.opening() + " " + (hung.borrowed() - before));
      told.readLine();
      crew.awaitAllServedAfter(System.nanoTime());
      System.out.println("back");
      told.readLine();
      System.out.println(crew.errors().size() + " errors");
      crew.errors().forEach(System.err::println);
    }
  }
}
