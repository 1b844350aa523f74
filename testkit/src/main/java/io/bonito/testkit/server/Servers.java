package io.bonito.testkit.server;

import io.bonito.testkit.tls.CertificateAuthority;
import io.bonito.testkit.tls.CertificateSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Starts servers.
 *
 * <pre>{@code
 * @ParameterizedTest
 * @MethodSource("io.bonito.testkit.server.Servers#selected")
 * void answers(Server server) { ... server.port() ... }       // shared, stopped with the JVM
 *
 * try (Server own = Servers.start(ServerOptions.of(MARIADB_11_4).argument("--wait_timeout=1"))) { ... }
 * }</pre>
 *
 * <p>Which servers tests use is told by the system property {@code bonito.servers}: ids of {@link
 * ServerKind}, separated by commas; without it, MariaDB 11.4 alone.
 */
public final class Servers {
  private static final int ATTEMPTS = 5;
  private static final long READY_SECONDS = 120;

  private static final Map<ServerKind, Server> SHARED = new EnumMap<>(ServerKind.class);

  private Servers() {}

  /** The kinds that {@code bonito.servers} selects. */
  public static List<ServerKind> selectedKinds() {
    return Arrays.stream(System.getProperty("bonito.servers", "mariadb-11.4").split(",", -1))
        .map(String::strip)
        .filter(id -> !id.isEmpty())
        .map(ServerKind::of)
        .toList();
  }

  /** The selected servers, each shared by this JVM; a source of arguments for JUnit. */
  public static Stream<Server> selected() {
    return selectedKinds().stream().map(Servers::shared);
  }

  /** The selected servers of one family; may be none. */
  public static Stream<Server> selected(Family family) {
    return selectedKinds().stream().filter(kind -> kind.family() == family).map(Servers::shared);
  }

  /** The one server of this kind that all tests of this JVM share; not to be closed by them. */
  public static Server shared(ServerKind kind) {
    synchronized (SHARED) {
      Server server = SHARED.get(kind);
      if (server == null || !server.isAlive()) {
        server = start(kind);
        server.share();
        SHARED.put(kind, server);
      }
      return server;
    }
  }

  public static Server start(ServerKind kind) {
    return start(ServerOptions.of(kind));
  }

  /**
   * Starts a server and waits until it takes connections.
   *
   * @throws ServerStartException where it does not; the message is a sentence that says why
   */
  public static Server start(ServerOptions options) {
    try {
      return tryToStart(options);
    } catch (IOException e) {
      throw new UncheckedIOException(options.kind().title() + " could not be started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerStartException(
          "The start of " + options.kind().title() + " was interrupted.", e);
    }
  }

  private static Server tryToStart(ServerOptions options) throws IOException, InterruptedException {
    ServerKind kind = options.kind();
    Cache cache = Cache.open();
    Path home =
        cache.folder(kind.id(), directory -> kind.distribution().unpack(kind.title(), directory));
    Installation installation = kind.distribution().installation(home);
    Path template = Template.of(kind, installation, cache);
    for (int attempt = 1; ; attempt++) {
      int port = options.port() == 0 ? freePort() : options.port();
      if (options.port() != 0 && isTaken(port)) {
        throw StartFailure.of(kind, port, "", List.of("Address already in use"));
      }
      Path folder = newFolder();
      ServerProcess process =
          ServerProcess.start(template, folder, commandLine(options, installation, folder, port));
      Server server = new Server(options, port, folder.resolve("sql.sock"), process);
      try {
        if (process.awaitReady(READY_SECONDS)) {
          server.setUp(installation.plugins());
          return server;
        }
      } catch (RuntimeException e) {
        server.close();
        throw e;
      }
      server.close();
      // Between our look for a free port and the server's use of it, another may have taken it.
      boolean portLost = StartFailure.portTaken(String.join("\n", process.log()));
      if (!portLost || options.port() != 0 || attempt == ATTEMPTS) {
        throw StartFailure.of(kind, port, "did not start", process.log());
      }
    }
  }

  private static List<String> commandLine(
      ServerOptions options, Installation installation, Path folder, int port) throws IOException {
    ServerKind kind = options.kind();
    Path data = folder.resolve("data");
    List<String> command = new ArrayList<>(installation.command());
    command.add("--datadir=" + data);
    command.add("--tmpdir=" + data);
    command.add("--socket=" + folder.resolve("sql.sock"));
    command.add("--pid-file=" + folder.resolve("pid"));
    command.add("--port=" + port);
    command.add("--bind-address=127.0.0.1");
    command.add("--skip-name-resolve");
    command.add("--local-infile=ON");
    // Else Debian's builds look for a folder of an installed server.
    command.add("--secure-file-priv=");
    command.add("--max-allowed-packet=256M");
    command.addAll(sizes(kind));
    command.addAll(tlsArguments(options, folder));
    command.addAll(options.arguments());
    return command;
  }

  /**
   * What makes data small and start quick; the same for set-up and start, or files would be
   * resized.
   */
  static List<String> sizes(ServerKind kind) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--innodb-use-native-aio=OFF");
    arguments.add("--innodb-doublewrite=OFF");
    // Nothing here has to survive a power cut.
    arguments.add("--innodb-flush-log-at-trx-commit=0");
    arguments.add("--innodb-flush-method=nosync");
    if (kind.family() == Family.MYSQL) {
      arguments.add("--mysqlx=OFF");
      arguments.add("--skip-log-bin");
    } else {
      // Not a schema, though it looks like one.
      arguments.add("--ignore-db-dirs=" + Pam.FOLDER);
    }
    arguments.addAll(kind.redoLog());
    return arguments;
  }

  private static List<String> tlsArguments(ServerOptions options, Path folder) throws IOException {
    return switch (options.tls()) {
      case AUTOMATIC -> List.of();
      case NONE -> options.kind().withoutTls();
      case OWN_CA -> {
        CertificateAuthority.Identity identity = CertificateAuthority.sharedServer();
        Files.writeString(folder.resolve("ca.pem"), CertificateAuthority.shared().pem());
        yield certificateArguments(identity, folder, "--ssl-ca=" + folder.resolve("ca.pem"));
      }
      case SELF_SIGNED ->
          certificateArguments(
              CertificateAuthority.selfSigned(CertificateSpec.named("self-signed")), folder);
    };
  }

  private static List<String> certificateArguments(
      CertificateAuthority.Identity identity, Path folder, String... more) throws IOException {
    Path certificate = Files.writeString(folder.resolve("server.pem"), identity.certificatePem());
    Path key = Files.writeString(folder.resolve("server-key.pem"), identity.keyPem());
    ServerUser.own(key);
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.add("--ssl-cert=" + certificate);
    arguments.add("--ssl-key=" + key);
    return arguments;
  }

  /** A folder for one server; its path is short, since a Unix socket's may have 107 bytes. */
  private static Path newFolder() throws IOException {
    Path parent = Path.of("/tmp");
    if (!Files.isWritable(parent)) {
      parent = Path.of(System.getProperty("java.io.tmpdir"));
    }
    Path folder = Files.createTempDirectory(parent, "bonito-");
    Files.setPosixFilePermissions(
        folder, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
    ServerUser.own(folder);
    return folder;
  }

  private static InetAddress loopback() throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, loopback())) {
      return socket.getLocalPort();
    }
  }

  private static boolean isTaken(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(loopback(), port), 1);
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
