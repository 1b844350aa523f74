package io.bonito.testkit.server;

import java.util.ArrayList;
import java.util.List;

/**
 * How a server is started.
 *
 * <pre>{@code
 * ServerOptions.of(ServerKind.MARIADB_11_4).sqlMode("ANSI_QUOTES").argument("--wait_timeout=1")
 * }</pre>
 *
 * @param port 0 takes a free one
 * @param arguments further arguments of mysqld or mariadbd
 * @param accounts whether {@link Accounts} are created; it costs some milliseconds
 */
public record ServerOptions(
    ServerKind kind, int port, Tls tls, List<String> arguments, boolean accounts) {

  public ServerOptions {
    arguments = List.copyOf(arguments);
  }

  public static ServerOptions of(ServerKind kind) {
    return new ServerOptions(kind, 0, Tls.OWN_CA, List.of(), true);
  }

  public ServerOptions port(int fixed) {
    return new ServerOptions(kind, fixed, tls, arguments, accounts);
  }

  public ServerOptions tls(Tls offered) {
    return new ServerOptions(kind, port, offered, arguments, accounts);
  }

  /** Adds an argument, such as {@code --wait_timeout=1}; later ones win. */
  public ServerOptions argument(String argument) {
    List<String> more = new ArrayList<>(arguments);
    more.add(argument);
    return new ServerOptions(kind, port, tls, more, accounts);
  }

  public ServerOptions sqlMode(String mode) {
    return argument("--sql_mode=" + mode);
  }

  public ServerOptions withoutAccounts() {
    return new ServerOptions(kind, port, tls, arguments, /* accounts= */ false);
  }
}
