package io.bonito.testkit.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The user that servers run as: ourselves, or, as servers refuse root, a number of their own.
 *
 * <p>The number needs no account, so nothing is changed on the machine. {@code bonito.server.uid}
 * names another one.
 */
final class ServerUser {
  private static final int NUMBER = Integer.getInteger("bonito.server.uid", 64_311);
  private static final boolean ROOT = ask();

  private ServerUser() {}

  private static boolean ask() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  static boolean isRoot() {
    return ROOT;
  }

  /** What to put before a command so that it runs as the server's user. */
  static List<String> prefix() {
    if (!ROOT) {
      return List.of();
    }
    String number = Integer.toString(NUMBER);
    return List.of("setpriv", "--reuid", number, "--regid", number, "--clear-groups");
  }

  /** Gives a file or folder to the server's user. */
  static void own(Path path) throws IOException {
    if (ROOT) {
      Files.setAttribute(path, "unix:uid", NUMBER);
      Files.setAttribute(path, "unix:gid", NUMBER);
    }
  }
}
