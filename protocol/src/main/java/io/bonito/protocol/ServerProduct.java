package io.bonito.protocol;

import io.bonito.protocol.message.ServerVersion;
import java.util.Locale;

/** Who answers under the name of MySQL or MariaDB. */
public enum ServerProduct {
  MYSQL("MySQL"),
  PERCONA("Percona Server"),
  MARIADB("MariaDB"),
  AURORA("Amazon Aurora"),
  MAXSCALE("MaxScale"),
  PROXYSQL("ProxySQL"),
  SHARDINGSPHERE("ShardingSphere"),
  TIDB("TiDB"),
  VITESS("Vitess"),
  OCEANBASE("OceanBase"),
  SINGLESTORE("SingleStore"),
  STARROCKS("StarRocks"),
  DORIS("Doris");

  private final String label;

  ServerProduct(String label) {
    this.label = label;
  }

  /** The name in its maker's spelling. */
  public String label() {
    return label;
  }

  /** Whether it is a proxy, so that two statements may meet two servers. */
  public boolean isProxy() {
    return this == MAXSCALE || this == PROXYSQL || this == SHARDINGSPHERE || this == VITESS;
  }

  /**
   * Whether it reads one command after the other, as MySQL and MariaDB do. The others either lose
   * commands that come early, or nobody has tried.
   */
  boolean readsInOrder() {
    return switch (this) {
      case MYSQL, PERCONA, MARIADB, AURORA, MAXSCALE -> true;
      case PROXYSQL, SHARDINGSPHERE, TIDB, VITESS, OCEANBASE, SINGLESTORE, STARROCKS, DORIS ->
          false;
    };
  }

  /**
   * Tells by what they say of themselves.
   *
   * @param versionComment empty where it is not known; ProxySQL says its name nowhere else
   * @param auroraVersion empty where there is no such variable
   */
  public static ServerProduct of(
      ServerVersion version, String versionComment, String auroraVersion) {
    String said = (version.text() + " " + versionComment).toLowerCase(Locale.ROOT);
    // Proxies first: behind one, the rest of what is said is another's.
    if (said.contains("proxysql")) {
      return PROXYSQL;
    }
    if (said.contains("maxscale")) {
      return MAXSCALE;
    }
    if (said.contains("shardingsphere")) {
      return SHARDINGSPHERE;
    }
    if (said.contains("vitess")) {
      return VITESS;
    }
    if (said.contains("tidb")) {
      return TIDB;
    }
    if (said.contains("oceanbase")) {
      return OCEANBASE;
    }
    if (said.contains("singlestore") || said.contains("memsql")) {
      return SINGLESTORE;
    }
    if (said.contains("starrocks")) {
      return STARROCKS;
    }
    if (said.contains("doris")) {
      return DORIS;
    }
    if (!auroraVersion.isEmpty()) {
      return AURORA;
    }
    if (version.mariaDb()) {
      return MARIADB;
    }
    return said.contains("percona") ? PERCONA : MYSQL;
  }
}
