package io.bonito.benchmarks;

import io.bonito.testkit.server.AdminConnection;
import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.ServerKind;
import io.bonito.testkit.server.Servers;
import java.util.List;

/** Servers of the benchmarks' own, one after the other, each with a schema and rows in it. */
public final class BenchServers {
  /** Closed ones live on for a while in the server, so there are more than are open at a time. */
  private static final int MOST_CONNECTIONS = 6000;

  private BenchServers() {}

  /** What is done on each. */
  public interface Body {
    /**
     * @param version the server's name and version
     * @param schema where the tables are
     */
    void run(Server server, String version, String schema) throws Exception;
  }

  /**
   * @param rows in the table that is read
   */
  public static void each(List<ServerKind> kinds, int rows, Body body) throws Exception {
    for (ServerKind kind : kinds) {
      System.out.println("Starting " + kind.title() + " …");
      try (Server server = Servers.start(kind)) {
        try (AdminConnection admin = server.admin()) {
          admin.execute("SET GLOBAL max_connections = " + MOST_CONNECTIONS);
        }
        String url = "jdbc:bonito://" + server.host() + ":" + server.port() + "/?user=root";
        String version = BenchSchema.version(url);
        System.out.printf("Making %,d rows …%n", rows);
        try (BenchSchema schema = BenchSchema.create(url, rows)) {
          body.run(server, version, schema.name());
        }
      }
    }
  }
}
