import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Checks a staged bundle for what Maven Central asks and what Bonito promises. */
public final class CheckStaging {
  private static final List<String> ARTIFACTS =
      List.of(
          "protocol",
          "transport",
          "netty",
          "jdbc",
          "mysql-standin",
          "mariadb-standin",
          "async",
          "async-pool",
          "r2dbc",
          "pool",
          "cdi",
          "hibernate",
          "spring-boot-starter",
          "testkit",
          "integration-kit");
  private static final List<String> POM_NEEDS =
      List.of(
          "<name>", "<description>", "<url>", "<license>", "<developer>", "<scm", "<connection>");
  private static final Map<String, String> CHECKSUMS =
      Map.of("md5", "MD5", "sha1", "SHA-1", "sha256", "SHA-256", "sha512", "SHA-512");

  private final Path staging;
  private final String version;
  private final List<String> complaints = new ArrayList<>();

  private CheckStaging(Path staging, String version) {
    this.staging = staging;
    this.version = version;
  }

  public static void main(String[] args) throws Exception {
    CheckStaging check = new CheckStaging(Path.of(args[0]), args[1]);
    check.all();
    check.complaints.forEach(System.out::println);
    if (!check.complaints.isEmpty()) {
      System.exit(1);
    }
    System.out.println("staging: complete");
  }

  private void all() throws Exception {
    pom(folder("bom").resolve("bonito-bom-" + version + ".pom"));
    for (String artifact : ARTIFACTS) {
      String start = "bonito-" + artifact + "-" + version;
      pom(folder(artifact).resolve(start + ".pom"));
      library(artifact, folder(artifact).resolve(start + ".jar"));
      licensed(folder(artifact).resolve(start + "-sources.jar"));
      licensed(folder(artifact).resolve(start + "-javadoc.jar"));
    }
    try (Stream<Path> files = Files.walk(staging)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".jar") || name.endsWith(".pom")) {
          checksums(file);
        } else if (!name.matches(".*\\.(md5|sha1|sha256|sha512|asc)")) {
          complaints.add("not due in a bundle: " + staging.relativize(file));
        }
      }
    }
    try (Stream<Path> artifacts = Files.list(staging.resolve("io/bonito"))) {
      long count = artifacts.count();
      if (count != ARTIFACTS.size() + 1) {
        complaints.add(count + " artifacts where " + (ARTIFACTS.size() + 1) + " were due");
      }
    }
  }

  private Path folder(String artifact) {
    return staging.resolve("io/bonito/bonito-" + artifact).resolve(version);
  }

  private void pom(Path file) throws IOException {
    String pom = Files.readString(file);
    for (String need : POM_NEEDS) {
      if (!pom.contains(need)) {
        complaints.add(file.getFileName() + " has no " + need);
      }
    }
    if (pom.contains("<parent>")
        || pom.replace("${project.version}", "").contains("${")
        || pom.contains("-SNAPSHOT")) {
      complaints.add(file.getFileName() + " does not stand by itself");
    }
    if (!pom.contains("<version>" + version + "</version>")) {
      complaints.add(file.getFileName() + " has not version " + version);
    }
  }

  private void library(String artifact, Path file) throws IOException {
    licensed(file);
    try (JarFile jar = new JarFile(file.toFile())) {
      var manifest = jar.getManifest().getMainAttributes();
      if (!version.equals(manifest.getValue("Implementation-Version"))) {
        complaints.add(file.getFileName() + " has not version " + version + " in its manifest");
      }
      if (jar.getEntry("module-info.class") == null
          && manifest.getValue("Automatic-Module-Name") == null) {
        complaints.add(file.getFileName() + " is no module");
      }
      String metadata =
          "META-INF/native-image/io.bonito/bonito-" + artifact + "/reachability-metadata.json";
      if (jar.getEntry(metadata) == null) {
        complaints.add(file.getFileName() + " has no " + metadata);
      }
      // Nothing that runs on one operating system only.
      jar.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.matches(".*\\.(so|dll|dylib|jnilib|exe|sh)"))
          .forEach(name -> complaints.add(file.getFileName() + " carries " + name));
    }
  }

  private void licensed(Path file) throws IOException {
    try (JarFile jar = new JarFile(file.toFile())) {
      for (String name : List.of("META-INF/LICENSE", "META-INF/NOTICE")) {
        if (jar.getEntry(name) == null) {
          complaints.add(file.getFileName() + " has no " + name);
        }
      }
    }
  }

  private void checksums(Path file) throws Exception {
    for (var kind : CHECKSUMS.entrySet()) {
      MessageDigest digest = MessageDigest.getInstance(kind.getValue());
      try (InputStream in = Files.newInputStream(file)) {
        digest.update(in.readAllBytes());
      }
      String due = HexFormat.of().formatHex(digest.digest());
      Path beside = file.resolveSibling(file.getFileName() + "." + kind.getKey());
      if (!Files.exists(beside) || !Files.readString(beside).strip().equals(due)) {
        complaints.add(beside.getFileName() + " is not the file's " + kind.getValue());
      }
    }
  }
}
