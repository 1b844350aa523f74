package io.bonito.pool.argument;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One flat JSON object: names to texts, numbers, {@code true}, {@code false}. {@code null} leaves
 * its name out. Nothing else of JSON is needed, and all else is refused.
 */
final class JsonObject {
  private final String source;
  private final String text;
  private int at;

  private JsonObject(String source, String text) {
    this.source = source;
    this.text = text;
  }

  /**
   * @param source what it is called in messages
   * @throws IllegalArgumentException says at which character what was due
   */
  static Map<String, String> parse(String source, String text) {
    return new JsonObject(source, text).object();
  }

  private Map<String, String> object() {
    Map<String, String> values = new LinkedHashMap<>();
    take('{');
    if (peek() == '}') {
      at++;
    } else {
      do {
        String name = string();
        take(':');
        String value = peek() == '"' ? string() : word();
        if (!value.equals("null") && values.put(name, value) != null) {
          throw wrong(name + " only once");
        }
      } while (more());
    }
    if (peek() != END) {
      throw wrong("the end");
    }
    return values;
  }

  private boolean more() {
    char next = peek();
    at++;
    if (next != ',' && next != '}') {
      at--;
      throw wrong("',' or '}'");
    }
    return next == ',';
  }

  private String string() {
    take('"');
    StringBuilder string = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at++);
      string.append(c == '\\' ? escaped() : c);
    }
    if (at == text.length()) {
      throw wrong("'\"'");
    }
    at++;
    return string.toString();
  }

  private char escaped() {
    char c = at < text.length() ? text.charAt(at++) : END;
    switch (c) {
      case '"', '\\', '/' -> {
        return c;
      }
      case 'n' -> {
        return '\n';
      }
      case 't' -> {
        return '\t';
      }
      case 'u' -> {
        try {
          at += 4;
          return (char) Integer.parseInt(text.substring(at - 4, at), 16);
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
          throw wrong("four hexadecimal digits");
        }
      }
      default -> throw wrong("an escape: one of \" \\ / n t u");
    }
  }

  private String word() {
    int from = at;
    while (at < text.length() && ",} \t\r\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(from, at);
    if (!word.matches("true|false|null|-?\\d+(\\.\\d+)?")) {
      at = from;
      throw wrong("a text, a number, true or false");
    }
    return word;
  }

  private static final char END = 0;

  private char peek() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at < text.length() ? text.charAt(at) : END;
  }

  private void take(char due) {
    if (peek() != due) {
      throw wrong("'" + due + "'");
    }
    at++;
  }

  private IllegalArgumentException wrong(String due) {
    return new IllegalArgumentException(
        "%s is no flat JSON object: %s is due at character %d".formatted(source, due, at));
  }
}
