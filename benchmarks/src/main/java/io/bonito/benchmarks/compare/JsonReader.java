package io.bonito.benchmarks.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON as the benchmarks write it: objects as maps in their order, arrays as lists, strings,
 * and numbers as doubles. There is no null and no true or false in it.
 */
final class JsonReader {
  private static final int HEX_DIGITS = 4;
  private static final int HEX = 16;

  private final String text;
  private int at;

  private JsonReader(String text) {
    this.text = text;
  }

  /**
   * @throws IllegalArgumentException where it is no JSON, or has what the benchmarks do not write
   */
  static Object read(String text) {
    JsonReader reader = new JsonReader(text);
    Object value = reader.value();
    reader.skipSpace();
    if (reader.at < text.length()) {
      throw reader.wrong("the end");
    }
    return value;
  }

  private Object value() {
    return switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      default -> number();
    };
  }

  private Map<String, Object> object() {
    Map<String, Object> members = new LinkedHashMap<>();
    take('{');
    while (peek() != '}') {
      if (!members.isEmpty()) {
        take(',');
      }
      peek();
      String name = string();
      take(':');
      members.put(name, value());
    }
    take('}');
    return members;
  }

  private List<Object> array() {
    List<Object> elements = new ArrayList<>();
    take('[');
    while (peek() != ']') {
      if (!elements.isEmpty()) {
        take(',');
      }
      elements.add(value());
    }
    take(']');
    return elements;
  }

  private String string() {
    take('"');
    StringBuilder value = new StringBuilder();
    for (char c = next(); c != '"'; c = next()) {
      value.append(c == '\\' ? escaped() : c);
    }
    return value.toString();
  }

  private char escaped() {
    char c = next();
    if (c != 'u') {
      return c;
    }
    if (text.length() - at < HEX_DIGITS) {
      throw wrong("four digits");
    }
    at += HEX_DIGITS;
    return (char) Integer.parseInt(text.substring(at - HEX_DIGITS, at), HEX);
  }

  private Double number() {
    int from = at;
    while (at < text.length() && "+-.eE0123456789NaInfity".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    try {
      return Double.valueOf(text.substring(from, at));
    } catch (NumberFormatException e) {
      at = from;
      throw wrong("a value");
    }
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private char peek() {
    skipSpace();
    if (at == text.length()) {
      throw wrong("more");
    }
    return text.charAt(at);
  }

  private char next() {
    if (at == text.length()) {
      throw wrong("more");
    }
    return text.charAt(at++);
  }

  private void take(char due) {
    if (peek() != due) {
      throw wrong("'" + due + "'");
    }
    at++;
  }

  private IllegalArgumentException wrong(String due) {
    String found = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
    return new IllegalArgumentException(
        "no JSON of the benchmarks: found " + found + " at " + at + " where " + due + " was due");
  }
}
