package io.bonito.protocol.auth;

import io.bonito.protocol.buffer.RefusedDemandException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The plugins that a connection may use, by name.
 *
 * <p>{@link #with} adds, {@link #restrictedTo} takes away: a server that asks for any other is
 * refused before a byte is sent, be it in its greeting, a switch, a further factor or a change of
 * user.
 */
public final class AuthPlugins {
  private static final AuthPlugins BUILT_IN =
      new AuthPlugins(
          byName(
              List.of(
                  new CachingSha2Password(),
                  new NativePassword(),
                  new Ed25519Password(),
                  new ParsecPassword(),
                  new Sha256Password(),
                  new ClearPassword(),
                  new DialogPassword())));

  /** In the order of their wish to be the first answer. */
  private final Map<String, AuthPlugin> plugins;

  private AuthPlugins(Map<String, AuthPlugin> plugins) {
    this.plugins = plugins;
  }

  /** All that Bonito brings. */
  public static AuthPlugins builtIn() {
    return BUILT_IN;
  }

  /** These and others; an added one takes the place of its namesake. */
  public AuthPlugins with(AuthPlugin... added) {
    Map<String, AuthPlugin> more = new LinkedHashMap<>(plugins);
    more.putAll(byName(List.of(added)));
    return new AuthPlugins(more);
  }

  /**
   * Only those named.
   *
   * @throws IllegalArgumentException for a name that is not known
   */
  public AuthPlugins restrictedTo(Collection<String> names) {
    Map<String, AuthPlugin> fewer = new LinkedHashMap<>();
    for (String name : names) {
      AuthPlugin plugin = plugins.get(name);
      if (plugin == null) {
        throw new IllegalArgumentException(
            "no authentication plugin is named " + name + "; there are " + plugins.keySet());
      }
      fewer.put(name, plugin);
    }
    return notEmpty(fewer);
  }

  /** All but those named; an unknown name takes nothing away. */
  public AuthPlugins without(Collection<String> names) {
    Map<String, AuthPlugin> fewer = new LinkedHashMap<>(plugins);
    fewer.keySet().removeAll(names);
    return notEmpty(fewer);
  }

  private static AuthPlugins notEmpty(Map<String, AuthPlugin> plugins) {
    if (plugins.isEmpty()) {
      throw new IllegalArgumentException("no authentication plugin is left to log in with");
    }
    return new AuthPlugins(plugins);
  }

  boolean contains(String name) {
    return plugins.containsKey(name);
  }

  /**
   * The plugin for the first answer where the greeting names one that is not here: the family's
   * default, else the first of them. The server then asks for the account's own.
   */
  AuthPlugin fallback(boolean mariaDb) {
    AuthPlugin usual = plugins.get(mariaDb ? "mysql_native_password" : "caching_sha2_password");
    return usual != null ? usual : plugins.values().iterator().next();
  }

  /**
   * @throws RefusedDemandException where there is none of that name
   */
  AuthPlugin demanded(String name) {
    AuthPlugin plugin = plugins.get(name);
    if (plugin == null) {
      throw new RefusedDemandException(
          "the server wants authentication by \""
              + printable(name)
              + "\", which is unknown or not allowed here; allowed are "
              + plugins.keySet());
    }
    return plugin;
  }

  private static Map<String, AuthPlugin> byName(List<AuthPlugin> plugins) {
    Map<String, AuthPlugin> byName = new LinkedHashMap<>();
    for (AuthPlugin plugin : plugins) {
      byName.put(plugin.name(), plugin);
    }
    return byName;
  }

  /** What a server wrote, made harmless for terminals and logs. */
  private static String printable(String text) {
    StringBuilder printable = new StringBuilder();
    for (int i = 0; i < Math.min(text.length(), 64); i++) {
      char c = text.charAt(i);
      printable.append(c >= ' ' && c <= '~' ? c : '?');
    }
    return printable.toString();
  }
}
