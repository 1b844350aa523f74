package io.bonito.demo;

import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.ServerKind;
import io.bonito.testkit.server.ServerOptions;
import io.bonito.testkit.server.ServerStartException;
import io.bonito.testkit.server.Servers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings up a server, or takes the user's own, and lets Bonito and the two other drivers do the
 * same work on it in turn.
 */
public final class Demo {
  private Demo() {}

  public static void main(String[] arguments) {
    try {
      run(Arguments.parse(arguments));
    } catch (IllegalArgumentException | ServerStartException e) {
      fail(e.getMessage());
    } catch (SQLException e) {
      fail(e.getMessage() + " (SQLState " + e.getSQLState() + ")");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail("Interrupted.");
    }
  }

  private static void fail(@Nullable String sentence) {
    System.err.println(sentence);
    System.exit(1);
  }

  private static void run(Arguments arguments) throws SQLException, InterruptedException {
    String url = arguments.url();
    if (!url.isEmpty()) {
      compare(Contender.all(url), arguments);
      return;
    }
    ServerKind kind = arguments.mysql() ? ServerKind.MYSQL_8_0_33 : ServerKind.MARIADB_11_4;
    System.out.println("Starting " + kind.title() + " …");
    ServerOptions options = ServerOptions.of(kind);
    if (arguments.port() != 0) {
      options = options.port(arguments.port());
    }
    try (Server server = Servers.start(options)) {
      String own =
          (arguments.mysql() ? "jdbc:mysql://" : "jdbc:mariadb://")
              + server.host()
              + ":"
              + server.port()
              + "/?user="
              + server.user()
              + "&password="
              + server.password();
      compare(Contender.all(own), arguments);
    }
  }

  private static void compare(List<Contender> contenders, Arguments arguments)
      throws SQLException, InterruptedException {
    try (DemoSchema schema = DemoSchema.create(contenders.get(0), arguments.rows())) {
      List<Comparison> comparisons = new ArrayList<>();
      for (Load load : Load.values()) {
        System.out.println("  " + load.title() + " …");
        comparisons.add(Comparison.measure(load, contenders, schema, arguments.seconds()));
      }
      System.out.println();
      Report.print(schema.serverVersion(), contenders, comparisons, System.out);
    }
  }
}
