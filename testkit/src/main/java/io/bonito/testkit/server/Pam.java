package io.bonito.testkit.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lets a MariaDB of ours ask PAM without a change to this machine.
 *
 * <p>PAM reads {@code /etc/pam.d/SERVICE}, which only root may write. So our own copy of libpam is
 * given another path of the same length, relative to the server's data folder.
 */
final class Pam {
  static final String SERVICE = "bonito";
  static final String FOLDER = "pam.d";
  static final String PASSWORD = "secret-pam";

  private static final byte[] SYSTEM = "/etc/pam.d".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] OURS = "././/pam.d".getBytes(StandardCharsets.US_ASCII);

  private Pam() {}

  /** Changes the path in the libpam of this folder, if there is one. */
  static void bend(Path home) throws IOException {
    for (Path file : find(home, "libpam\\.so\\.0\\.[0-9.]+")) {
      byte[] library = Files.readAllBytes(file);
      for (int at = 0; at < library.length - SYSTEM.length; at++) {
        if (java.util.Arrays.equals(library, at, at + SYSTEM.length, SYSTEM, 0, SYSTEM.length)) {
          System.arraycopy(OURS, 0, library, at, OURS.length);
        }
      }
      Files.write(file, library);
    }
  }

  /** Whether the server can be given a service of PAM. */
  static boolean isPossible(Installation installation) throws IOException {
    return Files.exists(installation.plugins().resolve("auth_pam_v1.so"))
        && !find(TarArchive.parent(installation.home()), "pam_exec\\.so").isEmpty();
  }

  /** Writes the service into a data folder: one password for all. */
  static void configure(Installation installation, Path data) throws IOException {
    Path modules =
        TarArchive.parent(find(TarArchive.parent(installation.home()), "pam_exec\\.so").get(0));
    Path folder = Files.createDirectory(data.resolve(FOLDER));
    Files.writeString(
        folder.resolve(SERVICE),
        """
        auth required %1$s/pam_exec.so quiet expose_authtok /bin/sh -c [test "$(tr -d '\\0')" = %2$s]
        account required %1$s/pam_permit.so
        """
            .formatted(modules, PASSWORD));
  }

  private static List<Path> find(Path home, String name) throws IOException {
    try (Stream<Path> files =
        Files.find(
            home,
            6,
            (path, kind) ->
                kind.isRegularFile() && String.valueOf(path.getFileName()).matches(name))) {
      return files.toList();
    }
  }
}
