package io.bonito.testkit.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A folder of things that are made once and then only read: unpacked servers, initialised data.
 *
 * <pre>
 *   ~/.cache/bonito/mariadb-11.4.lock       held while something of that name is made
 *   ~/.cache/bonito/mariadb-11.4/           complete, or not there
 *   ~/.cache/bonito/mariadb-11.4.making/    what a killed JVM left; thrown away by the next
 * </pre>
 *
 * <p>The place is the system property {@code bonito.cache}, or the environment's BONITO_CACHE, or
 * {@code ~/.cache/bonito}. For root it is {@code /var/cache/bonito} where root's home is closed to
 * others, since then the server runs as another user.
 */
final class Cache {
  private final Path directory;

  private Cache(Path directory) {
    this.directory = directory;
  }

  static Cache open() throws IOException {
    Path directory = chosen();
    Files.createDirectories(directory);
    Path real = directory.toRealPath();
    if (ServerUser.isRoot() && !openToOthers(real)) {
      throw new ServerStartException(
          "The cache folder "
              + real
              + " is closed to other users, and a server does not run as root: name another one in"
              + " -Dbonito.cache or BONITO_CACHE.");
    }
    return new Cache(real);
  }

  private static Path chosen() {
    String property = System.getProperty("bonito.cache", "");
    if (!property.isEmpty()) {
      return Path.of(property);
    }
    String variable = System.getenv("BONITO_CACHE");
    if (variable != null && !variable.isEmpty()) {
      return Path.of(variable);
    }
    Path home = Path.of(System.getProperty("user.home", "/tmp"));
    if (ServerUser.isRoot() && !openToOthers(home)) {
      return Path.of("/var/cache/bonito");
    }
    return home.resolve(".cache").resolve("bonito");
  }

  private static boolean openToOthers(Path directory) {
    for (Path part = directory; part != null; part = part.getParent()) {
      try {
        if (!Files.getPosixFilePermissions(part).contains(PosixFilePermission.OTHERS_EXECUTE)) {
          return false;
        }
      } catch (IOException | UnsupportedOperationException e) {
        return false;
      }
    }
    return true;
  }

  /** Makes what the folder of this name shall hold. */
  interface Maker {
    void make(Path directory) throws IOException, InterruptedException;
  }

  /** The folder of this name; made first, by one process at a time, where it is not there yet. */
  Path folder(String name, Maker maker) throws IOException, InterruptedException {
    Path folder = directory.resolve(name);
    if (Files.isDirectory(folder)) {
      return folder;
    }
    // Locks of files are held by whole processes, so the threads of this one need a lock too.
    synchronized (Cache.class) {
      try (FileChannel channel =
              FileChannel.open(
                  directory.resolve(name + ".lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (!Files.isDirectory(folder) && lock.isValid()) {
          Path making = directory.resolve(name + ".making");
          deleteTree(making);
          Files.createDirectories(making);
          maker.make(making);
          Files.move(making, folder, StandardCopyOption.ATOMIC_MOVE);
        }
        return folder;
      }
    }
  }

  static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  /** Says on the error stream what takes long, once. */
  static void announce(String format, Object... arguments) {
    System.err.printf(Locale.ROOT, format + "%n", arguments);
  }
}
