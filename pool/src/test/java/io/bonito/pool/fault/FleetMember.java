package io.bonito.pool.fault;

import io.bonito.pool.lending.PoolStatus;
import io.bonito.pool.lending.ProcessBudget;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;

/**
 * One process of a fleet: 50 workers on a pool that may have as many, and a budget of 40 for the
 * process.
 *
 * <pre>
 *   arguments   host, port
 *   is told     a line whenever somebody wants to know
 *   says        how often it has lent, how many it has, how many it thinks there may be, errors
 * </pre>
 */
public final class FleetMember {
  static final int WANTED = 50;
  static final int BUDGET = 40;

  private FleetMember() {}

  public static void main(String[] arguments) throws Exception {
    BufferedReader told =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    try (Crew crew =
        new Crew(
            "fleet",
            Via.BONITO.to(arguments[0], Integer.parseInt(arguments[1]), Scene.USER, "secret"),
            ProcessBudget.SHARED,
            WANTED,
            "DO SLEEP(0.02)",
            "pool_size",
            String.valueOf(WANTED),
            "max_overflow",
            "0")) {
      while (told.readLine() != null) {
        PoolStatus status = crew.status();
        List<SQLException> errors = crew.errors();
        System.out.println(
            status.borrowed()
                + " "
                + (status.idle() + status.used())
                + " "
                + status.ceiling()
                + " "
                + errors.size());
        errors.forEach(System.err::println);
      }
    }
  }
}
