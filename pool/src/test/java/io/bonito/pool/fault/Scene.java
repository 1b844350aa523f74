package io.bonito.pool.fault;

import io.bonito.testkit.fault.Direction;
import io.bonito.testkit.fault.Fault;
import io.bonito.testkit.fault.FaultProxy;
import io.bonito.testkit.fault.ProxiedConnection;
import io.bonito.testkit.server.AdminConnection;
import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.ServerKind;
import io.bonito.testkit.server.ServerOptions;
import io.bonito.testkit.server.Servers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * A server that may be killed, a proxy before it, and one crew for each driver. All crews suffer at
 * the same time, so that a trouble costs its time once.
 */
final class Scene implements AutoCloseable {
  static final String USER = "crew";

  private Server server;
  private final FaultProxy proxy;
  private final List<Crew> crews = new ArrayList<>();
  private final List<AdminConnection> guests = new ArrayList<>();

  /**
   * @param throughProxy whether the crews' connections pass the proxy
   */
  Scene(Server server, boolean throughProxy, int workers, String... arguments) throws IOException {
    this.server = server;
    proxy = FaultProxy.before(server.host(), server.port());
    int port = throughProxy ? proxy.port() : server.port();
    for (Via via : Via.values()) {
      crews.add(
          new Crew(
              via.name(),
              via.to(server.host(), port, USER, "secret"),
              workers,
              Crew.WORK,
              arguments));
    }
    long start = System.nanoTime();
    crews.forEach(crew -> crew.awaitAllServedAfter(start));
  }

  /** A server of one's own that knows the crews before it takes a connection. */
  static Server start(ServerKind kind, int port, String... arguments) throws IOException {
    Path statements = Files.createTempFile(Path.of("/tmp"), "bonito-crew", ".sql");
    Files.setPosixFilePermissions(statements, PosixFilePermissions.fromString("rw-r--r--"));
    Files.writeString(
        statements,
        """
        CREATE USER IF NOT EXISTS %1$s@'%%' IDENTIFIED BY 'secret';
        CREATE DATABASE IF NOT EXISTS crew;
        CREATE TABLE IF NOT EXISTS crew.written (n INT);
        GRANT SELECT, INSERT ON crew.* TO %1$s@'%%';
        """
            .formatted(USER));
    try {
      ServerOptions options =
          ServerOptions.of(kind).port(port).withoutAccounts().argument("--init-file=" + statements);
      for (String argument : arguments) {
        options = options.argument(argument);
      }
      return Servers.start(options);
    } finally {
      Files.delete(statements);
    }
  }

  /** Another server in place of the one that was killed. */
  void startAgain() throws IOException {
    server = start(server.kind(), server.port());
  }

  Server server() {
    return server;
  }

  FaultProxy proxy() {
    return proxy;
  }

  List<Crew> crews() {
    return crews;
  }

  // --- what may happen ---

  /** This happens to all that is open. */
  void toAll(Fault.Action action) throws IOException {
    for (ProxiedConnection connection : proxy.connections()) {
      if (!connection.isClosed()) {
        connection.now(Direction.TO_CLIENT, action);
      }
    }
  }

  /** This happens to each connection that is to come, until the proxy is healed. */
  void toComing(Fault fault) {
    proxy.addToEach(fault);
  }

  /** Ends all sessions of the crews. */
  void killSessions() {
    try (AdminConnection admin = server.admin()) {
      killSessions(admin);
    }
  }

  private static void killSessions(AdminConnection admin) {
    for (List<String> row :
        admin.query("SELECT id FROM information_schema.processlist WHERE user = '" + USER + "'")) {
      try {
        admin.execute("KILL " + row.get(0));
      } catch (IllegalStateException e) {
        // It has gone meanwhile.
      }
    }
  }

  /** Guests take all the places that there are. */
  void fill() {
    guests.add(server.admin());
    AdminConnection admin = guests.get(0);
    admin.execute("SET GLOBAL max_connections = 10");
    killSessions(admin);
    while (guests.size() < 11) {
      try {
        guests.add(server.admin());
      } catch (RuntimeException e) {
        // Those that were killed take their time to go.
        killSessions(admin);
      }
    }
  }

  void empty() {
    guests.get(0).execute("SET GLOBAL max_connections = 151");
    guests.forEach(AdminConnection::close);
    guests.clear();
  }

  /** When the first connection gets a greeting at that port. */
  static CompletableFuture<Long> firstGreeting(int port) {
    CompletableFuture<Long> at = new CompletableFuture<>();
    Thread probe =
        new Thread(
            () -> {
              while (!at.isDone()) {
                try (Socket socket = new Socket()) {
                  socket.connect(new InetSocketAddress(loopback(), port), 1000);
                  socket.setSoTimeout(1000);
                  if (socket.getInputStream().read() > 0) {
                    at.complete(System.nanoTime());
                  }
                } catch (IOException e) {
                  LockSupport.parkNanos(2_000_000);
                }
              }
            },
            "probe");
    probe.setDaemon(true);
    probe.start();
    return at;
  }

  private static InetAddress loopback() {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until each driver has been refused so many times. */
  void awaitRefusals(int count) {
    for (Crew crew : crews) {
      crew.await(count + " refusals", () -> crew.refusals().size() >= count);
    }
  }

  @Override
  public void close() throws IOException {
    crews.forEach(Crew::close);
    guests.forEach(AdminConnection::close);
    proxy.close();
  }
}
