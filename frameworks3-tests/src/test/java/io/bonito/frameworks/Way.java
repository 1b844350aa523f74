package io.bonito.frameworks;

import io.bonito.testkit.server.Family;
import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.Servers;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.stream.Stream;

/**
 * A server and a driver to reach it by. The server's own driver passes the same tests, or they
 * would ask for more than a framework needs.
 */
record Way(Server server, boolean isBonito) {
  /** Bonito on all servers. */
  static Stream<Way> bonito() {
    return Servers.selected().map(server -> new Way(server, true));
  }

  /** Bonito on all servers, and beside it the server's own driver where it is asked for. */
  static Stream<Way> all() {
    Stream<Way> rivals =
        Boolean.getBoolean("bonito.frameworks.rivals")
            ? Servers.selected().map(server -> new Way(server, false))
            : Stream.empty();
    return Stream.concat(bonito(), rivals);
  }

  Driver driver() {
    if (isBonito) {
      return new io.bonito.jdbc.Driver();
    }
    if (isMariaDb()) {
      return new org.mariadb.jdbc.Driver();
    }
    try {
      return new com.mysql.cj.jdbc.Driver();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean isMariaDb() {
    return server.family() == Family.MARIADB;
  }

  Database freshDatabase(Class<?> test) {
    String schema = server.freshSchema(test);
    String prefix = (isBonito ? "jdbc:bonito:" : "jdbc:") + (isMariaDb() ? "mariadb:" : "mysql:");
    String options =
        isBonito || isMariaDb() ? "" : "?sslMode=DISABLED&allowPublicKeyRetrieval=true";
    return new Database(
        this,
        schema,
        "%s//%s:%d/%s%s".formatted(prefix, server.host(), server.port(), schema, options),
        server.user(),
        server.password());
  }

  @Override
  public String toString() {
    return server + " by " + (isBonito ? "Bonito" : "its own driver");
  }
}
