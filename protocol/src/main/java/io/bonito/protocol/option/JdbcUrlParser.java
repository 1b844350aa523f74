package io.bonito.protocol.option;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One walk over a URL, from left to right; the grammar stands at {@link JdbcUrl}.
 *
 * <p>Errors say the character at which the reading stopped. They quote names, never values: a value
 * may be a password, and a URL may be somebody's with the password in the wrong place.
 */
final class JdbcUrlParser {
  /** How rivals spread connections over several servers. */
  private static final Set<String> MODES =
      Set.of("loadbalance", "replication", "sequential", "load-balance-read", "aurora", "failover");

  private static final int END = -1;

  private final String url;
  private final List<HostAddress> servers = new ArrayList<>();
  private final Map<String, String> texts = new LinkedHashMap<>();
  private final Map<String, String> spellings = new LinkedHashMap<>();
  private int position;

  JdbcUrlParser(String url) {
    this.url = url;
  }

  JdbcUrl parse() {
    refuseInvisible();
    boolean prefixed = false;
    Scheme scheme = Scheme.BONITO;
    if (skip(Scheme.BONITO.prefix())) {
      if (skip("mysql:")) {
        scheme = Scheme.MYSQL;
        prefixed = true;
      } else if (skip("mariadb:")) {
        scheme = Scheme.MARIADB;
        prefixed = true;
      }
    } else if (skip(Scheme.MYSQL.prefix())) {
      scheme = Scheme.MYSQL;
    } else if (skip(Scheme.MARIADB.prefix())) {
      scheme = Scheme.MARIADB;
    } else {
      throw wrong("jdbc:bonito:, jdbc:mysql: or jdbc:mariadb: is due");
    }
    String mode = mode();
    if (!skip("//")) {
      throw wrong("// is due");
    }
    servers();
    String database = skip("/") ? decoded(stop("/?")) : "";
    if (peek() == '/') {
      throw wrong("a / in the name of a database must be written %2F");
    }
    if (skip("?")) {
      options();
    }
    if (position < url.length()) {
      throw wrong("the end is due");
    }
    return new JdbcUrl(scheme, prefixed, mode, servers, database, texts);
  }

  /** Control characters and halves of characters never reach a comparison. */
  private void refuseInvisible() {
    for (int i = 0; i < url.length(); i++) {
      char c = url.charAt(i);
      boolean half =
          Character.isHighSurrogate(c)
              ? i + 1 == url.length() || !Character.isLowSurrogate(url.charAt(i + 1))
              : Character.isLowSurrogate(c)
                  && (i == 0 || !Character.isHighSurrogate(url.charAt(i - 1)));
      if (half || Character.isISOControl(c)) {
        position = i;
        throw wrong("a control character or half a character must be percent-encoded");
      }
    }
  }

  private String mode() {
    int colon = url.indexOf(':', position);
    if (colon < 0 || url.startsWith("//", position)) {
      return "";
    }
    String word = url.substring(position, colon);
    if (!MODES.contains(word)) {
      throw wrong("// is due");
    }
    position = colon + 1;
    return word;
  }

  // ---- servers

  private void servers() {
    do {
      server();
    } while (skip(","));
    int next = peek();
    if (next != END && next != '/' && next != '?') {
      throw wrong("a comma, /, ? or the end is due behind a server");
    }
  }

  private void server() {
    userInfo();
    if (skip("address=")) {
      if (peek() != '(') {
        throw wrong("( is due behind address=");
      }
      Map<String, String> pairs = new LinkedHashMap<>();
      while (skip("(")) {
        pair(stopInside(")"), pairs);
        close(')');
      }
      fromPairs(pairs);
    } else if (skip("(")) {
      Map<String, String> pairs = new LinkedHashMap<>();
      do {
        pair(stopInside(",)"), pairs);
      } while (skip(","));
      close(')');
      fromPairs(pairs);
    } else {
      plainServer();
    }
  }

  /** {@code user:password@}; the part before an {@code @} that comes before any other delimiter. */
  private void userInfo() {
    int end = position;
    while (end < url.length() && "/?#,(@".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    if (end == url.length() || url.charAt(end) != '@') {
      return;
    }
    int bracket = stopBefore("[]\\", end);
    if (bracket < end) {
      position = bracket;
      throw wrong("brackets and backslashes before an @ must be percent-encoded");
    }
    String user = decoded(stopBefore(":", end));
    if (!user.isEmpty()) {
      put("user", user);
    }
    if (skip(":")) {
      put("password", decoded(end));
    }
    position = end + 1;
    for (int i = position; i < url.length() && "/?,(".indexOf(url.charAt(i)) < 0; i++) {
      if (url.charAt(i) == '@') {
        position = i;
        throw wrong("a second @ must be written %40");
      }
    }
  }

  private void plainServer() {
    String host;
    if (skip("[")) {
      int end = stop("]");
      if (url.substring(position, end).indexOf(',') >= 0) {
        throw wrong("one server is due: failover is not in yet");
      }
      host = decoded(end);
      close(']');
      if (host.indexOf(':') < 0) {
        throw wrong("an IPv6 address is due in brackets");
      }
    } else {
      host = decoded(stop(":,/?"));
      if (host.indexOf(':') >= 0 && !host.startsWith("/")) {
        throw wrong("an IPv6 address is due in brackets");
      }
    }
    String port = skip(":") ? decoded(stop(",/?")) : "";
    servers.add(address(host, port));
  }

  private void pair(int end, Map<String, String> pairs) {
    String key = name(end);
    if (pairs.put(key.toLowerCase(Locale.ROOT), decoded(end)) != null) {
      throw wrong(OptionException.quote(key) + " stands twice in one server");
    }
  }

  /** Only what says where and who: options behind the ? would otherwise have a second entrance. */
  private void fromPairs(Map<String, String> pairs) {
    String host = "";
    String port = "";
    for (Map.Entry<String, String> pair : pairs.entrySet()) {
      switch (pair.getKey()) {
        case "host" -> host = pair.getValue();
        case "port" -> port = pair.getValue();
        case "user", "password" -> put(pair.getKey(), pair.getValue());
        case "type" -> {
          // Source or replica: with a single server both are that server.
          String type = pair.getValue().toLowerCase(Locale.ROOT);
          if (!Set.of("master", "source", "primary", "replica", "slave").contains(type)) {
            throw wrong("type is master, source, primary, replica or slave");
          }
        }
        default ->
            throw wrong(
                "a server has host, port, user, password and type; "
                    + OptionException.quote(pair.getKey())
                    + " belongs behind the ?");
      }
    }
    servers.add(address(host, port));
  }

  private HostAddress address(String host, String port) {
    String named = host.isEmpty() ? HostAddress.DEFAULT.host() : host;
    int number = HostAddress.DEFAULT.port();
    try {
      HostName.check(named);
    } catch (OptionException e) {
      throw wrong("a name, an address or a path is due before this");
    }
    try {
      number = port.isEmpty() ? number : Options.PORT.parse("port", port);
    } catch (OptionException e) {
      throw wrong("a port between 1 and 65535 is due before this");
    }
    return new HostAddress(named, number);
  }

  // ---- options

  private void options() {
    do {
      // Many hands leave an & at the end or behind the ?; it hides nothing.
      if (peek() == '&' || peek() == END) {
        continue;
      }
      int end = stop("&");
      String name = name(end);
      put(name, decoded(end));
    } while (skip("&"));
  }

  /**
   * Reads a name and its equals sign. Names need no escapes, so an escape in one hides something.
   */
  private String name(int end) {
    int start = position;
    while (position < end && url.charAt(position) != '=') {
      char c = url.charAt(position);
      boolean plain =
          (c < 0x80 && Character.isLetterOrDigit(c)) || c == '_' || c == '.' || c == '-';
      if (!plain) {
        throw wrong("a name has letters, digits, - . and _ only");
      }
      position++;
    }
    String name = url.substring(start, position);
    if (name.isEmpty() || !skip("=")) {
      throw wrong("name=value is due");
    }
    return name;
  }

  private void put(String name, String text) {
    Optional<Option<?>> option = Options.find(name);
    String key = option.isPresent() ? option.get().name() : name.toLowerCase(Locale.ROOT);
    if (option.isPresent() && isAddress(option.get())) {
      throw wrong(OptionException.quote(name) + " stands before the ?, not behind it");
    }
    String before = spellings.put(key, name);
    if (before != null) {
      throw wrong(
          before.equalsIgnoreCase(name)
              ? "option " + name + " is given twice"
              : "options " + before + " and " + name + " are the same, and both given");
    }
    texts.put(name, text);
  }

  private static boolean isAddress(Option<?> option) {
    return option == Options.HOST || option == Options.PORT || option == Options.DATABASE;
  }

  // ---- characters

  private int peek() {
    return position < url.length() ? url.charAt(position) : END;
  }

  private boolean skip(String text) {
    if (!url.startsWith(text, position)) {
      return false;
    }
    position += text.length();
    return true;
  }

  private void close(char bracket) {
    if (peek() != bracket) {
      throw wrong(bracket + " is due");
    }
    position++;
  }

  /** Where the first of these characters stands, or the end of the URL. */
  private int stop(String delimiters) {
    return stopBefore(delimiters, url.length());
  }

  private int stopInside(String delimiters) {
    return stop(delimiters + "()");
  }

  private int stopBefore(String delimiters, int limit) {
    int end = position;
    while (end < limit && delimiters.indexOf(url.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  /** Reads up to {@code end} and decodes the escapes, once. */
  private String decoded(int end) {
    ByteBuffer escaped = ByteBuffer.allocate((end - position) / 3);
    StringBuilder out = new StringBuilder(end - position);
    while (position < end) {
      char c = url.charAt(position);
      if (c == '#') {
        throw wrong("# must be written %23");
      }
      if (c != '%') {
        flush(escaped, out);
        out.append(c);
        position++;
        continue;
      }
      int high = position + 2 < end ? hex(url.charAt(position + 1)) : -1;
      int low = position + 2 < end ? hex(url.charAt(position + 2)) : -1;
      if (high < 0 || low < 0) {
        throw wrong("two hexadecimal digits are due behind %; a % itself is written %25");
      }
      escaped.put((byte) (high << 4 | low));
      position += 3;
    }
    flush(escaped, out);
    return out.toString();
  }

  private void flush(ByteBuffer escaped, StringBuilder out) {
    if (escaped.position() == 0) {
      return;
    }
    try {
      out.append(
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(escaped.flip()));
    } catch (CharacterCodingException e) {
      throw wrong("the escapes are no UTF-8");
    }
    escaped.clear();
  }

  private static int hex(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }

  private OptionException wrong(String due) {
    return new OptionException("", "JDBC URL, character " + (position + 1) + ": " + due);
  }
}
