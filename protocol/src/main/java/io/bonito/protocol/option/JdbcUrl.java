package io.bonito.protocol.option;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * A JDBC URL, taken apart by one grammar for all five prefixes.
 *
 * <pre>
 *   url       = prefix [mode ":"] "//" [servers] ["/" [database]] ["?" [options]]
 *   prefix    = "jdbc:bonito:" | "jdbc:bonito:mysql:" | "jdbc:bonito:mariadb:"
 *             | "jdbc:mysql:" | "jdbc:mariadb:"
 *   servers   = server *("," server)
 *   server    = [user [":" password] "@"] (plain | pairs)
 *   plain     = [host | "[" ipv6 "]"] [":" [port]]
 *   pairs     = "address=" 1*("(" key "=" value ")") | "(" key "=" value *("," key "=" value) ")"
 *   options   = option *("&amp;" option)
 *   option    = name "=" value
 * </pre>
 *
 * <p>Values are percent-decoded, once; names are written plainly. A name given twice, in whichever
 * spelling, is an error, and so are an unescaped {@code #}, a second {@code @} and whatever else
 * two readers could read in two ways: what a filter sees in a URL is then what the driver does.
 *
 * @param prefixed whether {@code bonito:} stood before the rival's scheme
 * @param mode what a rival would do with several servers, for example {@code loadbalance}; empty
 *     for none
 * @param servers at least one
 * @param database empty for none
 * @param texts the options as written, user and password of the server part among them
 */
public record JdbcUrl(
    Scheme scheme,
    boolean prefixed,
    String mode,
    List<HostAddress> servers,
    String database,
    Map<String, String> texts) {
  static final String OWN_PREFIX = Scheme.BONITO.prefix();

  private static final String HEX = "0123456789ABCDEF";

  public JdbcUrl {
    servers = List.copyOf(servers);
    texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
  }

  /** Whether the URL begins with one of the five prefixes; it may still be wrong further on. */
  public static boolean accepts(String url) {
    // What follows "pool:" is a URL of any driver, and whoever pools it takes it.
    return (url.startsWith(OWN_PREFIX) && !url.startsWith(OWN_PREFIX + "pool:"))
        || url.startsWith(Scheme.MYSQL.prefix())
        || url.startsWith(Scheme.MARIADB.prefix());
  }

  /**
   * Takes a URL apart.
   *
   * @throws OptionException where the URL is outside the grammar; the message says at which
   *     character and does not show the URL
   */
  public static JdbcUrl parse(String url) {
    return new JdbcUrlParser(url).parse();
  }

  /**
   * The options of this URL, with those of {@code properties} in preference. Unknown names become a
   * {@linkplain ConnectionOptions#warnings() warning}, or an error under {@code
   * strictOptions=true}.
   *
   * @throws OptionException for a wrong value, or several servers
   */
  public ConnectionOptions options(Properties properties) {
    if (servers.size() > 1 || !mode.isEmpty()) {
      throw new OptionException(
          "",
          (servers.size() > 1 ? "the URL names " + servers.size() + " servers" : "mode " + mode)
              + ": failover is not in yet, name one server and no mode");
    }
    HostAddress server = servers.get(0);
    ConnectionOptions.Builder builder =
        ConnectionOptions.builder()
            .scheme(scheme)
            .set(Options.HOST, server.host())
            .set(Options.PORT, server.port())
            .set(Options.DATABASE, database);
    texts.forEach(builder::setOrWarn);
    return builder.properties(properties).build();
  }

  /** The URL anew, in its plainest form, secrets included: parsing it gives an equal record. */
  public String print() {
    return print(/* withSecrets= */ true);
  }

  /**
   * The URL as programs are shown it: without passwords, and plainly {@code jdbc:mysql:} or {@code
   * jdbc:mariadb:}, which is what libraries look for.
   *
   * @param family which of the two, where the URL itself does not say
   */
  public String printFor(Scheme family) {
    Scheme shown = scheme == Scheme.BONITO ? family : scheme;
    return new JdbcUrl(shown, false, mode, servers, database, texts)
        .print(/* withSecrets= */ false);
  }

  private String print(boolean withSecrets) {
    StringBuilder out = new StringBuilder(prefixed ? OWN_PREFIX : "jdbc:");
    out.append(scheme.prefix(), "jdbc:".length(), scheme.prefix().length());
    if (!mode.isEmpty()) {
      out.append(mode).append(':');
    }
    char separator = '/';
    out.append('/');
    for (HostAddress server : servers) {
      out.append(separator);
      boolean address = !server.host().startsWith("/") && server.host().indexOf(':') >= 0;
      out.append(address ? "[" : "");
      encode(server.host(), /* colonIsPlain= */ address, out);
      out.append(address ? "]:" : ":").append(server.port());
      separator = ',';
    }
    if (!database.isEmpty()) {
      out.append('/');
      encode(database, /* colonIsPlain= */ false, out);
    }
    separator = '?';
    for (Map.Entry<String, String> text : texts.entrySet()) {
      if (withSecrets || !isSecret(text.getKey())) {
        out.append(separator).append(text.getKey()).append('=');
        encode(text.getValue(), /* colonIsPlain= */ true, out);
        separator = '&';
      }
    }
    return out.toString();
  }

  /** Options we do not know may hold secrets too. */
  private static boolean isSecret(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    Optional<Option<?>> option = Options.find(name);
    return option.isPresent()
        ? option.get().isSecret()
        : lower.contains("pass")
            || lower.contains("pwd")
            || lower.contains("secret")
            || lower.contains("token")
            || lower.contains("key");
  }

  private static void encode(String text, boolean colonIsPlain, StringBuilder out) {
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '-'
              || c == '.'
              || c == '_'
              || c == '~'
              || (colonIsPlain && (c == ':' || c == ','));
      if (plain) {
        out.append(c);
      } else {
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
  }

  @Override
  public String toString() {
    return print(/* withSecrets= */ false);
  }
}
