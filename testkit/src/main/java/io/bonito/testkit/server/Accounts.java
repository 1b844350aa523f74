package io.bonito.testkit.server;

import java.util.ArrayList;
import java.util.List;

/**
 * The accounts that a server gets: one for each way to log in that it has.
 *
 * <pre>
 *   native, sha2, sha256, ed25519 ...    by that method, password "secret-" and the name
 *   empty                                by the server's default method, without a password
 *   tls_only                             REQUIRE SSL, otherwise as the default
 *   no_rights                            may log in and do nothing
 * </pre>
 *
 * <p>All but {@code no_rights} may use every schema.
 */
public final class Accounts {
  private Accounts() {}

  static List<Account> create(ServerKind kind, AdminConnection admin) {
    List<Account> accounts = new ArrayList<>();
    StringBuilder sql = new StringBuilder();
    for (String[] method : methods(kind)) {
      Account account = account(method[0], method[1], false);
      accounts.add(account);
      add(sql, kind, account, "");
    }
    String plugin = defaultPlugin(kind);
    Account empty = new Account("empty", plugin, "", List.of(), false);
    Account tlsOnly = account("tls_only", plugin, true);
    Account noRights = account("no_rights", plugin, false);
    accounts.addAll(List.of(empty, tlsOnly, noRights));
    add(sql, kind, empty, "");
    add(sql, kind, tlsOnly, " REQUIRE SSL");
    add(sql, kind, noRights, "");
    for (Account account : accounts) {
      if (!account.equals(noRights)) {
        sql.append("GRANT ALL ON *.* TO '").append(account.user()).append("'@'%';\n");
      }
    }
    admin.execute(sql.toString());
    return List.copyOf(accounts);
  }

  private static List<String[]> methods(ServerKind kind) {
    List<String[]> methods = new ArrayList<>();
    methods.add(new String[] {"native", "mysql_native_password"});
    if (kind.family() == Family.MYSQL) {
      methods.add(new String[] {"sha2", "caching_sha2_password"});
      methods.add(new String[] {"sha256", "sha256_password"});
    }
    return methods;
  }

  private static String defaultPlugin(ServerKind kind) {
    return kind.family() == Family.MYSQL ? "caching_sha2_password" : "mysql_native_password";
  }

  private static Account account(String user, String plugin, boolean tlsRequired) {
    return new Account(user, plugin, "secret-" + user, List.of(), tlsRequired);
  }

  private static void add(StringBuilder sql, ServerKind kind, Account account, String suffix) {
    sql.append("CREATE USER '").append(account.user()).append("'@'%' IDENTIFIED ");
    if (kind.family() == Family.MYSQL) {
      sql.append("WITH ").append(account.plugin());
      sql.append(" BY '").append(account.password()).append("'");
    } else {
      sql.append("VIA ").append(account.plugin());
      sql.append(" USING PASSWORD('").append(account.password()).append("')");
    }
    sql.append(suffix).append(";\n");
  }
}
