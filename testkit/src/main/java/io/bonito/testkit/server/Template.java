package io.bonito.testkit.server;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server's data folder as it is right after set-up, made once and copied for each start. */
final class Template {
  /** To be raised when what is made here changes, so that old templates are not taken. */
  private static final int EDITION = 3;

  private static final long SECONDS = 180;

  private Template() {}

  /** The template's folder in the cache. */
  static Path of(ServerKind kind, Installation installation, Cache cache)
      throws IOException, InterruptedException {
    return cache
        .folder(
            kind.id() + "-data-" + EDITION,
            directory -> {
              Path data = Files.createDirectory(directory.resolve("data"));
              Path input = directory.resolve("set-up.sql");
              Path output = directory.resolve("set-up.log");
              ServerUser.own(data);
              List<String> command = new ArrayList<>(ServerUser.prefix());
              command.addAll(installation.command());
              command.add("--datadir=" + data);
              command.add("--tmpdir=" + data);
              if (kind.family() == Family.MARIADB) {
                writeMariaDbTables(installation.share(), input);
                command.addAll(List.of("--bootstrap", "--skip-networking"));
              } else {
                // Connections by TCP do not match root@localhost when names are not resolved.
                Files.writeString(
                    input,
                    "CREATE USER root@'%';\nGRANT ALL ON *.* TO root@'%' WITH GRANT OPTION;\n");
                command.addAll(List.of("--initialize-insecure", "--init-file=" + input));
              }
              command.add("--secure-file-priv=");
              command.addAll(Servers.sizes(kind));
              run(kind, command, input, output);
              if (kind.family() == Family.MARIADB && Pam.isPossible(installation)) {
                Pam.configure(installation, data);
              }
            })
        .resolve("data");
  }

  /** What mariadb-install-db feeds to the server, without the test database and the help. */
  private static void writeMariaDbTables(Path share, Path input) throws IOException {
    try (OutputStream out = Files.newOutputStream(input)) {
      out.write(
          "CREATE DATABASE IF NOT EXISTS mysql;\nUSE mysql;\nSET @auth_root_socket=NULL;\n"
              .getBytes(StandardCharsets.UTF_8));
      for (String name :
          List.of(
              "mariadb_system_tables.sql",
              "mariadb_performance_tables.sql",
              "mariadb_system_tables_data.sql",
              "maria_add_gis_sp_bootstrap.sql")) {
        Path file = share.resolve(name);
        Files.copy(
            Files.exists(file) ? file : share.resolve(name.replace("mariadb_", "mysql_")), out);
      }
    }
  }

  private static void run(ServerKind kind, List<String> command, Path input, Path output)
      throws IOException, InterruptedException {
    Process server;
    try {
      server =
          new ProcessBuilder(command)
              .redirectInput(
                  kind.family() == Family.MARIADB ? input.toFile() : new File("/dev/null"))
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
    } catch (IOException e) {
      throw new ServerStartException(kind.title() + " cannot be run: " + e.getMessage(), e);
    }
    try {
      boolean ended = server.waitFor(SECONDS, TimeUnit.SECONDS);
      List<String> log = Files.readAllLines(output, StandardCharsets.ISO_8859_1);
      if (!ended) {
        throw StartFailure.of(kind, 0, "was not set up within " + SECONDS + " s", log);
      }
      if (server.exitValue() != 0) {
        throw StartFailure.of(kind, 0, "ended with " + server.exitValue() + " in set-up", log);
      }
    } finally {
      server.destroyForcibly();
    }
  }
}
