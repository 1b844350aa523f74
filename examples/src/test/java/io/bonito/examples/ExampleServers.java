package io.bonito.examples;

import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.option.Secret;
import io.bonito.testkit.server.Server;

/** How the examples' tests connect to real servers. */
public final class ExampleServers {
  private ExampleServers() {}

  public static ConnectionOptions.Builder options(Server server, String schema) {
    return ConnectionOptions.builder()
        .set(Options.HOST, server.host())
        .set(Options.PORT, server.port())
        .set(Options.USER, server.user())
        .set(Options.PASSWORD, Secret.of(server.password()))
        .set(Options.DATABASE, schema);
  }

  public static String url(Server server, String schema, String options) {
    return "jdbc:bonito://" + server.host() + ":" + server.port() + "/" + schema + options;
  }
}
