package io.bonito.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.testkit.server.AdminConnection;
import java.util.concurrent.TimeUnit;

/** How many connections a server has had at once, as itself counts them. */
public final class ServerCount {
  private ServerCount() {}

  /**
   * Begins to count, when the server has seen the end of all connections but this one: those that
   * were closed a moment ago it still counts.
   */
  public static void begin(AdminConnection admin) {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (status(admin, "Threads_connected") != 1) {
      assertThat(System.nanoTime()).as("connections of others").isLessThan(deadline);
      Thread.onSpinWait();
    }
    admin.execute("FLUSH STATUS");
  }

  /** The most there were since, this one included. */
  public static long most(AdminConnection admin) {
    return status(admin, "Max_used_connections");
  }

  private static long status(AdminConnection admin, String name) {
    String value = admin.query("SHOW GLOBAL STATUS LIKE '" + name + "'").get(0).get(1);
    return Long.parseLong(String.valueOf(value));
  }
}
