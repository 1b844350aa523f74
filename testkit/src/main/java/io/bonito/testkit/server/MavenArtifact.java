package io.bonito.testkit.server;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A file of a Maven repository, found on this machine or fetched by Maven itself.
 *
 * <p>Looked for on the class path, then in the local repository; else {@code mvn dependency:get} is
 * run, so that mirrors and credentials of the user's settings hold here as everywhere.
 */
record MavenArtifact(
    String group, String artifact, String version, String packaging, String classifier) {
  private static final String GET = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:get";
  private static final long DOWNLOAD_MINUTES = 20;

  static MavenArtifact of(String coordinates) {
    String[] parts = coordinates.split(":", -1);
    return new MavenArtifact(
        parts[0], parts[1], parts[2], parts[3], parts.length > 4 ? parts[4] : "");
  }

  String fileName() {
    String suffix = classifier.isEmpty() ? "" : "-" + classifier;
    return artifact + "-" + version + suffix + "." + packaging;
  }

  Path locate(String title) throws IOException, InterruptedException {
    for (String property : List.of("surefire.test.class.path", "java.class.path")) {
      for (String entry : System.getProperty(property, "").split(File.pathSeparator, -1)) {
        if (entry.endsWith(File.separator + fileName()) && Files.isRegularFile(Path.of(entry))) {
          return Path.of(entry);
        }
      }
    }
    Path file =
        localRepository()
            .resolve(group.replace('.', '/'))
            .resolve(artifact)
            .resolve(version)
            .resolve(fileName());
    if (!Files.isRegularFile(file)) {
      fetch(title);
    }
    if (!Files.isRegularFile(file)) {
      throw new ServerStartException(
          "Maven fetched " + title + ", but it is not at " + file + ": set -Dmaven.repo.local.");
    }
    return file;
  }

  /** The local repository that Maven was told, or its default. */
  private static Path localRepository() {
    // Surefire tells its tests the first; the second is what people write.
    for (String property : List.of("localRepository", "maven.repo.local")) {
      String value = System.getProperty(property, "");
      if (!value.isEmpty()) {
        return Path.of(value);
      }
    }
    return Path.of(System.getProperty("user.home"), ".m2", "repository");
  }

  private void fetch(String title) throws IOException, InterruptedException {
    Cache.announce("Fetching %s (%s) with Maven; this happens once.", title, fileName());
    Path output = Files.createTempFile("bonito-maven", ".log");
    try {
      List<String> command = new ArrayList<>(List.of("mvn", "-B", "-q", GET));
      String suffix = classifier.isEmpty() ? "" : ":" + classifier;
      command.add(
          "-Dartifact=" + group + ":" + artifact + ":" + version + ":" + packaging + suffix);
      command.add("-Dtransitive=false");
      command.add("-Dmaven.repo.local=" + localRepository());
      int status = run(command, output, title);
      if (status != 0) {
        throw new ServerStartException(
            title
                + " could not be fetched: \""
                + String.join(" ", command)
                + "\" ended with "
                + status
                + ".\n"
                + Files.readString(output, StandardCharsets.UTF_8).strip());
      }
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private static int run(List<String> command, Path output, String title)
      throws IOException, InterruptedException {
    Process maven;
    try {
      maven =
          new ProcessBuilder(command)
              // Not in the caller's project: its pom may need what is being built right now.
              .directory(new File(System.getProperty("java.io.tmpdir", "/tmp")))
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
    } catch (IOException e) {
      throw new ServerStartException(
          title + " is fetched by Maven, and there is no mvn on the PATH.", e);
    }
    try {
      if (!maven.waitFor(DOWNLOAD_MINUTES, TimeUnit.MINUTES)) {
        throw new ServerStartException(
            title + " was not fetched within " + DOWNLOAD_MINUTES + " minutes.");
      }
      return maven.exitValue();
    } finally {
      maven.destroyForcibly();
    }
  }
}
