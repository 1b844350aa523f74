package io.bonito.benchmarks;

import java.util.Map;

/** What all reports write in JSON alike. */
public final class Json {
  private Json() {}

  /** A string in quotes. */
  public static String text(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  /** Opens an object with these members; more are to follow. */
  public static StringBuilder begin(Map<String, String> facts) {
    StringBuilder out = new StringBuilder("{\n");
    facts.forEach(
        (name, value) ->
            out.append("  ").append(text(name)).append(": ").append(text(value)).append(",\n"));
    return out;
  }
}
