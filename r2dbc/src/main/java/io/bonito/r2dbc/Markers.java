package io.bonito.r2dbc;

import io.bonito.protocol.sql.SqlRules;
import io.bonito.protocol.sql.SqlScanner;
import io.bonito.protocol.sql.SqlScanner.Token;
import io.bonito.protocol.sql.SqlTemplate;
import io.bonito.protocol.sql.StatementKind;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Where the parameters of a statement are, and how the server is to read it.
 *
 * <pre>
 *   ?                    by index
 *   ?name   :name        by name, or by index in the order in which names first appear
 * </pre>
 *
 * <p>A statement has markers of one kind; a name may appear again.
 */
final class Markers {
  private final String sql;
  private final int count;

  /** Of each question mark of {@link #sql}, which parameter it is. */
  private final int[] places;

  private final List<String> names;
  private final boolean oneRow;
  private final boolean call;

  private Markers(String sql, int count, int[] places, List<String> names, SqlTemplate template) {
    this.sql = sql;
    this.count = count;
    this.places = places;
    this.names = names;
    this.oneRow = template.isPlainInsert();
    this.call = template.kind() == StatementKind.CALL;
  }

  static Markers of(String text, SqlRules rules) {
    SqlScanner scanner = new SqlScanner(text, rules);
    StringBuilder sql = new StringBuilder(text.length());
    List<String> names = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    int plain = 0;
    int copied = 0;
    int markAt = -1; // where a sign stands that makes a marker of the word right behind it
    int lastEnd = -1;
    for (Token token = scanner.next(); token != Token.END; token = scanner.next()) {
      if (token == Token.PLACEHOLDER) {
        places.add(plain++);
      } else if (token == Token.WORD && markAt >= 0 && scanner.start() == markAt + 1) {
        String name = scanner.text();
        int index = names.indexOf(name);
        if (index < 0) {
          index = names.size();
          names.add(name);
        }
        places.add(index);
        sql.append(text, copied, markAt).append('?');
        copied = scanner.end();
      }
      boolean sign = token == Token.SYMBOL && (scanner.isSymbol('?') || scanner.isSymbol(':'));
      // A word right before a colon makes it a label: "done:LOOP".
      markAt =
          sign && !(scanner.isSymbol(':') && lastEnd == scanner.start()) ? scanner.start() : -1;
      lastEnd = token == Token.WORD || token == Token.QUOTED_NAME ? scanner.end() : -1;
    }
    if (plain > 0 && !names.isEmpty()) {
      throw new IllegalArgumentException(
          "the statement has parameters with names and others without: use one kind");
    }
    sql.append(text, copied, text.length());
    String marked = names.isEmpty() ? text : sql.toString();
    return new Markers(
        marked,
        names.isEmpty() ? plain : names.size(),
        places.stream().mapToInt(Integer::intValue).toArray(),
        names,
        SqlTemplate.of(marked, rules));
  }

  /** With a question mark for each place. */
  String sql() {
    return sql;
  }

  /** Whether it is an INSERT of one row, as far as its text tells. */
  boolean insertsOneRow() {
    return oneRow;
  }

  /** Whether it calls a procedure. */
  boolean isCall() {
    return call;
  }

  /** How many values are to be bound. */
  int count() {
    return count;
  }

  /** How many places they are for. */
  int placeCount() {
    return places.length;
  }

  /** Which value belongs to a place. */
  int valueOf(int place) {
    return places[place];
  }

  /**
   * @throws NoSuchElementException where no marker has this name
   */
  int indexOf(String name) {
    boolean marked = !name.isEmpty() && (name.charAt(0) == ':' || name.charAt(0) == '?');
    int index = names.indexOf(marked ? name.substring(1) : name);
    if (index < 0) {
      throw new NoSuchElementException("the statement has no parameter named " + name);
    }
    return index;
  }
}
