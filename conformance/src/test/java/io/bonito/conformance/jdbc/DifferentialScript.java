package io.bonito.conformance.jdbc;

import io.bonito.testkit.server.Family;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Statements of one kind, from a file of src/test/resources/differential.
 *
 * <pre>
 *   # a remark
 *   ! CREATE TABLE t (...)                 what the others need; it must not fail
 *   SELECT a FROM t                        one line is one statement; one that begins with
 *     WHERE b                              blanks goes on with the line before
 *   mysql: SELECT ...                      for servers of one family only
 *   text: CALL p()                         not prepared, since a rival hangs in it then
 *   keys: INSERT ...                       generated keys are asked for
 *   call: {CALL p(?)} &lt;- int 1             by prepareCall, parameters first
 *   SELECT ? + 1 &lt;- int 5 | int 6          the values of parameters; each ; executes once more
 * </pre>
 *
 * @param name the file's, without ".sql"
 */
record DifferentialScript(String name, List<Line> lines) {
  private static final String PARAMETERS = " <- ";

  /**
   * One statement.
   *
   * @param family the only servers it is for; null for all
   * @param executions the values of its parameters, for each execution; one empty list for none
   */
  record Line(
      boolean setup,
      boolean keys,
      boolean call,
      boolean textOnly,
      Family family,
      String sql,
      List<List<String>> executions) {
    boolean isFor(Family server) {
      return family == null || family == server;
    }

    boolean hasParameters() {
      return !executions.get(0).isEmpty();
    }
  }

  static DifferentialScript read(String name) {
    String text;
    try (InputStream in =
        DifferentialScript.class.getResourceAsStream("/differential/" + name + ".sql")) {
      if (in == null) {
        throw new AssertionError("no script " + name);
      }
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> joined = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (line.startsWith(" ")) {
        int last = joined.size() - 1;
        joined.set(last, joined.get(last) + " " + line.strip());
      } else if (!line.isBlank() && !line.startsWith("#")) {
        joined.add(line);
      }
    }
    return new DifferentialScript(name, joined.stream().map(DifferentialScript::line).toList());
  }

  private static Line line(String written) {
    String sql = written;
    boolean setup = sql.startsWith("! ");
    sql = setup ? sql.substring(2) : sql;
    Family family = null;
    for (Family each : Family.values()) {
      String prefix = each.name().toLowerCase(Locale.ROOT) + ": ";
      if (sql.startsWith(prefix)) {
        family = each;
        sql = sql.substring(prefix.length());
      }
    }
    boolean text = sql.startsWith("text: ");
    sql = text ? sql.substring("text: ".length()) : sql;
    boolean keys = sql.startsWith("keys: ");
    boolean call = sql.startsWith("call: ");
    sql = keys || call ? sql.substring("keys: ".length()) : sql;
    int values = sql.indexOf(PARAMETERS);
    List<List<String>> executions = new ArrayList<>();
    if (values < 0) {
      executions.add(List.of());
    } else {
      for (String execution : sql.substring(values + PARAMETERS.length()).split(" ; ", -1)) {
        executions.add(List.of(execution.split(" \\| ", -1)));
      }
      sql = sql.substring(0, values);
    }
    return new Line(setup, keys, call, text, family, sql, executions);
  }

  /** Sets a parameter to a value that is written as {@code type text}. */
  static void set(PreparedStatement statement, int index, String value) throws SQLException {
    int space = value.indexOf(' ');
    String type = space < 0 ? value : value.substring(0, space);
    String text = space < 0 ? "" : value.substring(space + 1);
    switch (type) {
      case "null" -> statement.setNull(index, Types.VARCHAR);
      case "boolean" -> statement.setBoolean(index, Boolean.parseBoolean(text));
      case "byte" -> statement.setByte(index, Byte.parseByte(text));
      case "short" -> statement.setShort(index, Short.parseShort(text));
      case "int" -> statement.setInt(index, Integer.parseInt(text));
      case "long" -> statement.setLong(index, Long.parseLong(text));
      case "float" -> statement.setFloat(index, Float.parseFloat(text));
      case "double" -> statement.setDouble(index, Double.parseDouble(text));
      case "decimal" -> statement.setBigDecimal(index, new BigDecimal(text));
      case "text" -> statement.setString(index, text);
      case "bytes" -> statement.setBytes(index, HexFormat.of().parseHex(text));
      case "date" -> statement.setDate(index, Date.valueOf(text));
      case "time" -> statement.setTime(index, Time.valueOf(text));
      case "timestamp" -> statement.setTimestamp(index, Timestamp.valueOf(text));
      case "local" -> statement.setObject(index, LocalDateTime.parse(text));
      default -> throw new IllegalArgumentException(value);
    }
  }
}
