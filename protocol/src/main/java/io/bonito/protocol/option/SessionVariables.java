package io.bonito.protocol.option;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Variables and what they are set to, as both rivals write them.
 *
 * <pre>
 *   sql_mode='ANSI_QUOTES,STRICT_TRANS_TABLES',@@session.net_write_timeout=600;@tenant=7
 * </pre>
 *
 * <p>Commas and semicolons part them, but for those within quotes and brackets. A value goes to the
 * server as it stands: it may be any expression.
 */
final class SessionVariables {
  static final OptionType<Map<String, String>> TYPE =
      new OptionType<>("name=value,name=value", SessionVariables::parse, SessionVariables::print);

  static final OptionType<List<String>> STATEMENTS =
      new OptionType<>(
          "statements with ;",
          text -> List.copyOf(split(text, ";")),
          statements -> String.join(";", statements));

  /** A user's variable, or the session's with whatever says so. */
  private static final Pattern ASSIGNMENT =
      Pattern.compile(
          "(?:@@(?:session\\.|local\\.)?|session\\s+|local\\s+)?(@?[a-z0-9_$.]+)\\s*:?=\\s*(.+)",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private SessionVariables() {}

  private static Map<String, String> parse(String text) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String item : split(text, ",;")) {
      Matcher matcher = ASSIGNMENT.matcher(item);
      if (!matcher.matches()) {
        throw new IllegalArgumentException("a variable's name, = and its value is due");
      }
      String name = matcher.group(1).toLowerCase(Locale.ROOT);
      if (name.startsWith("global.") || name.startsWith("persist")) {
        throw new IllegalArgumentException("variables of the session are due");
      }
      variables.put(name, matcher.group(2).strip());
    }
    return Collections.unmodifiableMap(variables);
  }

  private static String print(Map<String, String> variables) {
    List<String> items = new ArrayList<>();
    variables.forEach((name, value) -> items.add(name + "=" + value));
    return String.join(",", items);
  }

  /** What stands between those of the separators that are in no quotes and no brackets. */
  private static List<String> split(String text, String separators) {
    List<String> items = new ArrayList<>();
    int start = 0;
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\'' || c == '"' || c == '`') {
        i = closing(text, i);
      } else if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      } else if (depth == 0 && separators.indexOf(c) >= 0) {
        add(items, text.substring(start, i));
        start = i + 1;
      }
    }
    add(items, text.substring(start));
    return items;
  }

  /** Where the quote ends that begins there. */
  private static int closing(String text, int from) {
    char quote = text.charAt(from);
    for (int i = from + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quote != '`') {
        i++;
      } else if (c == quote) {
        return i;
      }
    }
    throw new IllegalArgumentException("a closing " + quote + " is due");
  }

  private static void add(List<String> items, String item) {
    if (!item.isBlank()) {
      items.add(item.strip());
    }
  }
}
