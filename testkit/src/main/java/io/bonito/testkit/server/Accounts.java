package io.bonito.testkit.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The accounts that a server gets: one for each way to log in that it has.
 *
 * <pre>
 *   native, sha2, sha256             by that method, password "secret-" and the name
 *   ed25519, parsec, pam             the same; MariaDB, where the plugins are at hand
 *   two_factors                      MySQL 8.0.27 and newer: a password, then the Unix socket's user
 *   empty                            by the server's default method, without a password
 *   tls_only                         REQUIRE SSL, otherwise as the default
 *   no_rights                        may log in and do nothing
 * </pre>
 *
 * <p>All but {@code no_rights} may use every schema. MySQL's own further methods for a second
 * factor are not in its community edition, but for that of the Unix socket.
 */
public final class Accounts {
  private Accounts() {}

  static List<Account> create(ServerKind kind, AdminConnection admin, Path plugins) {
    install(kind, admin, plugins);
    List<String> methods =
        admin
            .query(
                "SELECT plugin_name FROM information_schema.plugins"
                    + " WHERE plugin_type='AUTHENTICATION' AND plugin_status='ACTIVE'")
            .stream()
            .map(row -> String.valueOf(row.get(0)))
            .toList();
    List<Account> accounts = new ArrayList<>();
    StringBuilder sql = new StringBuilder();
    for (String method : methods) {
      String user = userOf(method);
      if (!user.isEmpty()) {
        Account account = account(user, method, /* tlsRequired= */ false);
        accounts.add(account);
        add(sql, kind, account, "");
      }
    }
    addOthers(sql, kind, methods, accounts);
    for (Account account : accounts) {
      if (!account.user().equals("no_rights")) {
        sql.append("GRANT ALL ON *.* TO '").append(account.user()).append("'@'%';\n");
      }
    }
    admin.execute(sql.toString());
    return List.copyOf(accounts);
  }

  private static void install(ServerKind kind, AdminConnection admin, Path plugins) {
    String[] libraries =
        kind.family() == Family.MARIADB
            ? new String[] {"auth_ed25519", "auth_parsec", "auth_pam_v1"}
            : new String[] {"auth_socket"};
    for (String library : libraries) {
      if (Files.exists(plugins.resolve(library + ".so"))) {
        admin.execute(
            kind.family() == Family.MARIADB
                ? "INSTALL SONAME '" + library + "'"
                : "INSTALL PLUGIN " + library + " SONAME '" + library + ".so'");
      }
    }
  }

  private static String userOf(String method) {
    return switch (method) {
      case "mysql_native_password" -> "native";
      case "caching_sha2_password" -> "sha2";
      case "sha256_password" -> "sha256";
      case "ed25519", "parsec", "pam" -> method;
      default -> "";
    };
  }

  private static void addOthers(
      StringBuilder sql, ServerKind kind, List<String> methods, List<Account> accounts) {
    String plugin =
        kind.family() == Family.MYSQL ? "caching_sha2_password" : "mysql_native_password";
    Account empty = new Account("empty", plugin, "", List.of(), false, false);
    Account tlsOnly = account("tls_only", plugin, /* tlsRequired= */ true);
    Account noRights = account("no_rights", plugin, /* tlsRequired= */ false);
    add(sql, kind, empty, "");
    add(sql, kind, tlsOnly, " REQUIRE SSL");
    add(sql, kind, noRights, "");
    accounts.addAll(List.of(empty, tlsOnly, noRights));
    if (kind != ServerKind.MYSQL_8_0_12 && methods.contains("auth_socket")) {
      Account twoFactors =
          new Account("two_factors", plugin, "secret-two_factors", List.of(""), false, true);
      String own = System.getProperty("user.name");
      add(sql, kind, twoFactors, " AND IDENTIFIED WITH auth_socket AS '" + own + "'");
      accounts.add(twoFactors);
    }
  }

  private static Account account(String user, String plugin, boolean tlsRequired) {
    return new Account(user, plugin, "secret-" + user, List.of(), tlsRequired, false);
  }

  private static void add(StringBuilder sql, ServerKind kind, Account account, String suffix) {
    sql.append("CREATE USER '").append(account.user()).append("'@'%' IDENTIFIED ");
    if (kind.family() == Family.MYSQL) {
      sql.append("WITH ").append(account.plugin());
      sql.append(" BY '").append(account.password()).append("'");
    } else if (account.plugin().equals("pam")) {
      sql.append("VIA pam USING '").append(Pam.SERVICE).append("'");
    } else {
      sql.append("VIA ").append(account.plugin());
      sql.append(" USING PASSWORD('").append(account.password()).append("')");
    }
    sql.append(suffix).append(";\n");
  }
}
