package io.bonito.testkit.server;

import java.io.IOException;

/** Lends the testkit's own client to its tests. */
public final class TestConnections {
  private TestConnections() {}

  public static AdminConnection open(String host, int port) throws IOException {
    return AdminConnection.open(host, port);
  }
}
