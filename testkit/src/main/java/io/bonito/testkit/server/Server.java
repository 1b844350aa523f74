package io.bonito.testkit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A running server; it ends when it is closed, or with the JVM.
 *
 * <pre>{@code
 * try (Server server = Servers.start(ServerKind.MARIADB_11_4);
 *     AdminConnection admin = server.admin()) {
 *   String schema = server.freshSchema("orders");
 *   admin.execute("CREATE TABLE " + schema + ".t (id INT)");
 *   connect(server.host(), server.port(), "root", "", schema);
 * }
 * }</pre>
 */
public final class Server implements AutoCloseable {
  private static final AtomicInteger SCHEMAS = new AtomicInteger();

  private final ServerOptions options;
  private final int port;
  private final Path socketPath;
  private final ServerProcess process;
  private final Thread atExit;
  private volatile boolean shared;
  private String version = "";
  private List<Account> accounts = List.of();

  Server(ServerOptions options, int port, Path socketPath, ServerProcess process) {
    this.options = options;
    this.port = port;
    this.socketPath = socketPath;
    this.process = process;
    this.atExit = new Thread(process::kill, "bonito-server-end");
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  void setUp(Path plugins) throws IOException {
    try (AdminConnection admin = AdminConnection.open(host(), port)) {
      version = admin.version();
      if (options.accounts()) {
        accounts = Accounts.create(kind(), admin, plugins);
      }
    }
  }

  public ServerKind kind() {
    return options.kind();
  }

  public Family family() {
    return kind().family();
  }

  public ServerOptions options() {
    return options;
  }

  /** The version as the greeting tells it, such as {@code 8.0.33} or {@code 11.4.5-MariaDB}. */
  public String version() {
    return version;
  }

  public String host() {
    return "127.0.0.1";
  }

  public int port() {
    return port;
  }

  /** The Unix socket, at a path of less than 100 bytes. */
  public Path socketPath() {
    return socketPath;
  }

  /**
   * The user who may do everything; it has no password, and the server listens on the loopback
   * only.
   */
  public String user() {
    return "root";
  }

  public String password() {
    return "";
  }

  /** The accounts that were created, one for each way to log in that this server has. */
  public List<Account> accounts() {
    return accounts;
  }

  /** The account of this name, where the server has it. */
  public Optional<Account> account(String user) {
    return accounts.stream().filter(account -> account.user().equals(user)).findFirst();
  }

  /** A new connection of root that does not use the driver. */
  public AdminConnection admin() {
    try {
      return AdminConnection.open(host(), port);
    } catch (IOException e) {
      throw new UncheckedIOException(kind().title() + " does not take a connection", e);
    }
  }

  /** Creates an empty schema (utf8mb4) that no other test has, and returns its name. */
  public String freshSchema(String hint) {
    String name =
        "t_"
            + hint.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_")
            + "_"
            + SCHEMAS.incrementAndGet();
    try (AdminConnection admin = admin()) {
      admin.execute("CREATE DATABASE " + name + " CHARACTER SET utf8mb4");
    }
    return name;
  }

  /** A schema for one test class. */
  public String freshSchema(Class<?> test) {
    return freshSchema(test.getSimpleName());
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** The last lines that the server wrote. */
  public List<String> log() {
    return process.log();
  }

  /** Stops the server's threads, as a host that hangs: connections stay open and silent. */
  public void pause() {
    signal("STOP");
  }

  /** Lets a paused server go on. */
  public void resume() {
    signal("CONT");
  }

  /** Asks the server to end in order: it tells its sessions, and flushes. */
  public void shutDown() {
    signal("TERM");
    try {
      process.awaitEnd(60);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close();
  }

  private void signal(String name) {
    try {
      process.signal(name);
    } catch (IOException e) {
      throw new UncheckedIOException(kind().title() + " has ended", e);
    }
  }

  /** From now on {@link #close} does nothing: JUnit closes whatever argument a test was given. */
  void share() {
    shared = true;
  }

  /**
   * Kills the server: it has nothing worth keeping, and an orderly end takes seconds. A shared one
   * lives on until the JVM ends.
   */
  @Override
  public void close() {
    if (shared) {
      return;
    }
    process.kill();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The JVM is ending already, maybe by this very thread.
    }
  }

  @Override
  public String toString() {
    return kind().id();
  }
}
