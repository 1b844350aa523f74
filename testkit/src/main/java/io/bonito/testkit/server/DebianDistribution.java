package io.bonito.testkit.server;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A server from packages of any Debian release, unpacked into a folder of its own with all that it
 * links to, its libc too.
 *
 * <pre>
 *   apt-get update, install --download-only      with lists and cache in a folder of ours, and the
 *                                                machine's own mirror; nothing is installed
 *   dpkg-deb -x                                  into usr/, etc/ below the server's home
 *   usr/lib64/ld-linux.so --library-path ...     starts it: no chroot, so no root either
 * </pre>
 *
 * @param release such as {@code trixie}
 * @param needed packages that are fetched with what they depend on
 * @param parts packages of which only the files are wanted, such as plugins
 */
record DebianDistribution(String release, List<String> needed, List<String> parts)
    implements Distribution {
  private static final long MINUTES = 10;
  private static final String KEYS = "/usr/share/keyrings/debian-archive-keyring.gpg";

  @Override
  public void unpack(String title, Path directory) throws IOException, InterruptedException {
    Cache.announce("Fetching %s from Debian %s with apt-get; this happens once.", title, release);
    Path apt = Files.createDirectory(directory.resolve("apt"));
    List<String> options = prepare(apt, mirror(title));
    run(title, apt, "update", options, List.of());
    List<String> install = new ArrayList<>(List.of("--download-only", "-y"));
    install.addAll(needed);
    run(title, apt, "install", options, install);
    // In the folder that it is run in, and without what they depend on.
    if (!parts.isEmpty()) {
      run(title, apt, "download", options, parts);
    }

    List<Path> packages = new ArrayList<>();
    for (Path folder : List.of(apt, apt.resolve("cache/archives"))) {
      try (Stream<Path> files = Files.list(folder)) {
        files.filter(file -> file.toString().endsWith(".deb")).forEach(packages::add);
      }
    }
    for (Path file : packages) {
      // The servers' own scripts are not used here, and they are all that wants Perl.
      if (!file.getFileName().toString().contains("perl")) {
        run(title, apt, List.of("dpkg-deb", "-x", file.toString(), directory.toString()));
      }
    }
    Cache.deleteTree(apt);
    Pam.bend(directory);
  }

  /** The address that this machine fetches Debian's packages from. */
  private static String mirror(String title) throws IOException, InterruptedException {
    List<String> lines;
    try {
      Path here = Path.of("/");
      lines =
          output(
              title,
              here,
              List.of(
                  "apt-get",
                  "indextargets",
                  "--format",
                  "$(REPO_URI) $(COMPONENT)",
                  "Created-By: Packages"));
    } catch (IOException e) {
      throw new ServerStartException(
          title + " comes from Debian's packages, and this machine has no apt-get.", e);
    }
    for (String line : lines) {
      if (line.matches("\\S+/debian/? main")) {
        return line.split(" ", 2)[0];
      }
    }
    throw new ServerStartException(
        title + " comes from Debian's packages, and this machine's apt knows no mirror of them.");
  }

  private List<String> prepare(Path apt, String mirror) throws IOException {
    Files.createDirectories(apt.resolve("state/lists/partial"));
    Files.createDirectories(apt.resolve("cache/archives/partial"));
    Files.createFile(apt.resolve("status"));
    String signed = Files.exists(Path.of(KEYS)) ? "[signed-by=" + KEYS + "] " : "";
    Files.writeString(
        apt.resolve("sources.list"), "deb " + signed + mirror + " " + release + " main\n");
    List<String> options = new ArrayList<>();
    for (String option :
        List.of(
            "Dir::State=" + apt.resolve("state"),
            // Empty: what is installed on this machine does not count.
            "Dir::State::status=" + apt.resolve("status"),
            "Dir::Cache=" + apt.resolve("cache"),
            "Dir::Etc::sourcelist=" + apt.resolve("sources.list"),
            "Dir::Etc::sourceparts=/dev/null",
            "Dir::Etc::preferencesparts=/dev/null",
            "APT::Sandbox::User=",
            "APT::Default-Release=",
            "APT::Install-Recommends=false",
            "Acquire::Languages=none",
            "Debug::NoLocking=1")) {
      options.add("-o");
      options.add(option);
    }
    return options;
  }

  private static void run(
      String title, Path folder, String command, List<String> options, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("apt-get", "-q"));
    all.addAll(options);
    all.add(command);
    all.addAll(arguments);
    run(title, folder, all);
  }

  private static void run(String title, Path folder, List<String> command)
      throws IOException, InterruptedException {
    output(title, folder, command);
  }

  private static List<String> output(String title, Path folder, List<String> command)
      throws IOException, InterruptedException {
    File log = File.createTempFile("bonito-apt", ".log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    try {
      boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
      List<String> lines = Files.readAllLines(log.toPath(), StandardCharsets.ISO_8859_1);
      if (!ended || process.exitValue() != 0) {
        String end = String.join("\n", lines.subList(Math.max(0, lines.size() - 8), lines.size()));
        throw new ServerStartException(
            title + " could not be fetched: " + command.get(0) + " ended with:\n" + end);
      }
      return lines;
    } finally {
      process.destroyForcibly();
      Files.delete(log.toPath());
    }
  }

  @Override
  public Installation installation(Path home) throws IOException {
    Path loader = one(home, "ld-linux-[a-z0-9-]+\\.so\\.\\d");
    Path libraries = TarArchive.parent(one(home, "libc\\.so\\.6"));
    // Where a release keeps both /lib and /usr/lib, libraries are in either.
    String triplet = String.valueOf(libraries.getFileName());
    String path = home.resolve("lib/" + triplet) + ":" + home.resolve("usr/lib/" + triplet);
    Path mariadb = home.resolve("usr/sbin/mariadbd");
    return new Installation(
        home.resolve("usr"),
        List.of(loader.toString(), "--library-path", path),
        Files.exists(mariadb) ? mariadb : home.resolve("usr/sbin/mysqld"),
        share(home),
        home.resolve("usr/lib/mysql/plugin"));
  }

  private static Path share(Path home) {
    Path own = home.resolve("usr/share/mariadb");
    return Files.isDirectory(own) ? own : home.resolve("usr/share/mysql");
  }

  private static Path one(Path home, String name) throws IOException {
    try (Stream<Path> files =
        Files.find(home, 6, (path, kind) -> String.valueOf(path.getFileName()).matches(name))) {
      // A link may lead to a place that this machine has too, and that is not meant.
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !Files.isSymbolicLink(file))
          .findFirst()
          .orElseThrow(() -> new IOException("no " + name + " in " + home));
    }
  }
}
