package io.bonito.conformance.types;

import java.util.List;
import java.util.function.Function;

/**
 * A type of a column, and values that it must hold unharmed.
 *
 * @param text the server's own text of the column {@code v}, in SQL; NULL where it has none that
 *     fits
 * @param bytes the server's own bytes of it in hexadecimal, in SQL; or NULL
 */
record SqlType(String declaration, String text, String bytes, List<Value> values) {
  /**
   * @param literal the value in SQL
   * @param natural what getObject gives; for a parameter, what is set
   * @param inText what getObject gives of a text row: the same but for a FLOAT, which comes with
   *     six digits there
   */
  record Value(String literal, Object natural, Object inText) {
    Value(String literal, Object natural) {
      this(literal, natural, natural);
    }
  }

  private static final String CAST = "CAST(v AS CHAR)";

  SqlType(String declaration, Value... values) {
    this(declaration, CAST, "NULL", List.of(values));
  }

  /** A type whose literals say what their values are. */
  static SqlType parsed(
      String declaration, Function<String, ? extends Object> natural, String... literals) {
    Value[] values = new Value[literals.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = new Value("'" + literals[i] + "'", natural.apply(literals[i]));
    }
    return new SqlType(declaration, values);
  }

  SqlType text(String sql) {
    return new SqlType(declaration, sql, bytes, values);
  }

  SqlType bytes(String sql) {
    return new SqlType(declaration, text, sql, values);
  }

  SqlType with(Value... more) {
    List<Value> all = new java.util.ArrayList<>(values);
    all.addAll(List.of(more));
    return new SqlType(declaration, text, bytes, List.copyOf(all));
  }

  @Override
  public String toString() {
    return declaration;
  }
}
