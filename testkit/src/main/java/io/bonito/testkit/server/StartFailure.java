package io.bonito.testkit.server;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the log of a server that did not start into a sentence that says what to do. */
final class StartFailure {
  private static final Pattern MISSING_LIBRARY =
      Pattern.compile("error while loading shared libraries: (\\S+):");
  private static final int SHOWN_LINES = 15;

  private StartFailure() {}

  /**
   * @param port the port that the server was to listen at; 0 where it was not to
   * @param otherwise what is said where the log tells nothing that is known, as "ended with 1"
   */
  static ServerStartException of(ServerKind kind, int port, String otherwise, List<String> log) {
    String text = String.join("\n", log);
    String title = kind.title();
    Matcher library = MISSING_LIBRARY.matcher(text);
    if (library.find()) {
      String name = library.group(1);
      return new ServerStartException(
          title + " needs the library " + name + ": install " + packageOf(name) + ".");
    }
    if (port != 0 && portTaken(text)) {
      return new ServerStartException(
          title + " cannot start: port " + port + " is in use by another program.");
    }
    if (text.contains("No space left on device")) {
      return new ServerStartException(title + " cannot start: no space is left on the disk.");
    }
    String end = String.join("\n", log.subList(Math.max(0, log.size() - SHOWN_LINES), log.size()));
    return new ServerStartException(title + " " + otherwise + "; its log ends with:\n" + end);
  }

  static boolean portTaken(String log) {
    return log.contains("Address already in use") || log.contains("Bind on TCP/IP port");
  }

  private static String packageOf(String library) {
    if (library.startsWith("libaio")) {
      return "libaio1 (libaio1t64 on Debian 13, Ubuntu 24.04 and newer)";
    }
    if (library.startsWith("libnuma")) {
      return "libnuma1";
    }
    return "the package that holds it";
  }
}
