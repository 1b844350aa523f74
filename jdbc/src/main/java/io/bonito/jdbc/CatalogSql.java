package io.bonito.jdbc;

import io.bonito.protocol.option.DatabaseTerm;
import io.bonito.protocol.option.Options;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One question to {@code information_schema}, put together.
 *
 * <p>A pattern without a wildcard becomes an equality: with that a server need not look at all
 * tables of all databases. Values travel within the text, so a question is one round trip.
 */
final class CatalogSql {
  /** Stands before a wildcard that is none; a backslash would depend on sql_mode. */
  private static final char ESCAPE = '|';

  private final JdbcConnection connection;
  private final StringBuilder sql = new StringBuilder();
  private final List<String> values = new ArrayList<>();
  private boolean conditions;

  CatalogSql(JdbcConnection connection) {
    this.connection = connection;
  }

  /** Whether databases are called catalogs; else they are called schemas. */
  static boolean hasCatalogs(JdbcConnection connection) {
    return connection.options().get(Options.DATABASE_TERM) == DatabaseTerm.CATALOG;
  }

  CatalogSql add(String text) {
    sql.append(text);
    return this;
  }

  /** The two columns that say where something is. */
  CatalogSql place(String database, String prefix) {
    return hasCatalogs(connection)
        ? add(database + " AS " + prefix + "_CAT, NULL AS " + prefix + "_SCHEM, ")
        : add("'def' AS " + prefix + "_CAT, " + database + " AS " + prefix + "_SCHEM, ");
  }

  /** Begins a query within the query, with conditions of its own. */
  CatalogSql nested(String text) {
    conditions = false;
    return add(text);
  }

  private CatalogSql condition(String text) {
    sql.append(conditions ? " AND " : " WHERE ").append(text);
    conditions = true;
    return this;
  }

  CatalogSql where(String text) {
    return condition(text);
  }

  /** The database, which JDBC knows by two names of which only one counts. */
  CatalogSql database(String column, @Nullable String catalog, @Nullable String schemaPattern) {
    boolean catalogs = hasCatalogs(connection);
    String name = catalogs ? catalog : schemaPattern;
    if (name == null) {
      return connection.options().get(Options.NULL_DATABASE_MEANS_CURRENT)
          ? condition(column + " = DATABASE()")
          : this;
    }
    return catalogs ? equal(column, name) : like(column, name);
  }

  CatalogSql equal(String column, String value) {
    values.add(value);
    return condition(column + " = ?");
  }

  CatalogSql equalIfGiven(String column, @Nullable String value) {
    return value == null ? this : equal(column, value);
  }

  /** Matches a pattern of JDBC; null and a percent sign match all. */
  CatalogSql like(String column, @Nullable String pattern) {
    if (pattern == null || pattern.equals("%")) {
      return this;
    }
    StringBuilder plain = new StringBuilder(pattern.length());
    StringBuilder like = new StringBuilder(pattern.length() + 4);
    boolean wild = false;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      boolean escaped = c == '\\' && i + 1 < pattern.length();
      if (escaped) {
        c = pattern.charAt(++i);
      }
      boolean wildcard = c == '%' || c == '_';
      wild |= wildcard && !escaped;
      if ((wildcard && escaped) || c == ESCAPE) {
        like.append(ESCAPE);
      }
      like.append(c);
      plain.append(c);
    }
    if (!wild) {
      return equal(column, plain.toString());
    }
    values.add(like.toString());
    return condition(column + " LIKE ? ESCAPE '" + ESCAPE + "'");
  }

  CatalogSql in(String expression, String[] allowed) {
    if (allowed.length == 0) {
      return condition("1 = 0");
    }
    values.addAll(List.of(allowed));
    return condition(expression + " IN (" + "?, ".repeat(allowed.length - 1) + "?)");
  }

  CatalogSql orderBy(String columns) {
    return add(" ORDER BY " + columns);
  }

  /** Asks. The statement under the result closes with it. */
  ResultSet run() throws SQLException {
    JdbcPreparedStatement statement = connection.prepare(sql.toString());
    statement.sendAsText();
    statement.closeOnCompletion();
    for (int i = 0; i < values.size(); i++) {
      statement.setString(i + 1, values.get(i));
    }
    return statement.executeQuery();
  }

  // ---- types

  /**
   * The number of a column's type.
   *
   * @param dataType an expression for its name, such as {@code int}
   * @param columnType an expression for the whole of it, such as {@code int(11) unsigned}
   */
  static String typeCode(JdbcConnection connection, String dataType, String columnType) {
    StringBuilder sql = new StringBuilder("CASE ");
    truth(connection, sql, columnType, true);
    for (JdbcType type : JdbcType.values()) {
      String name = type.typeName().toLowerCase(Locale.ROOT);
      if (isStored(connection, type)) {
        sql.append(" WHEN ").append(dataType).append(" = '").append(name).append("' THEN ");
        sql.append(type.code());
      }
    }
    sql.append(" WHEN ").append(isGeometry(dataType)).append(" THEN ");
    sql.append(JdbcType.GEOMETRY.code());
    return sql.append(" ELSE ").append(java.sql.Types.OTHER).append(" END").toString();
  }

  /** The name of a column's type, as result sets have it too. */
  static String typeName(JdbcConnection connection, String dataType, String columnType) {
    StringBuilder sql = new StringBuilder("CASE ");
    truth(connection, sql, columnType, false);
    return sql.append(" WHEN ")
        .append(isGeometry(dataType))
        .append(" THEN 'GEOMETRY' WHEN ")
        .append(columnType)
        .append(" LIKE '%unsigned%' AND ")
        .append(dataType)
        .append(" IN ('tinyint', 'smallint', 'mediumint', 'int', 'bigint', 'decimal', 'float',")
        .append(" 'double') THEN CONCAT(UPPER(")
        .append(dataType)
        .append("), ' UNSIGNED') ELSE UPPER(")
        .append(dataType)
        .append(") END")
        .toString();
  }

  private static void truth(
      JdbcConnection connection, StringBuilder sql, String columnType, boolean code) {
    JdbcType.Choices choices = connection.choices();
    if (choices.tinyIsTruth()) {
      JdbcType type = choices.truthIsBoolean() ? JdbcType.BOOLEAN : JdbcType.BIT_TRUTH;
      String then = code ? String.valueOf(type.code()) : "'" + type.typeName() + "'";
      sql.append("WHEN ").append(columnType).append(" = 'tinyint(1)' THEN ").append(then);
    }
  }

  /** Whether the type's name is one that information_schema uses. */
  private static boolean isStored(JdbcConnection connection, JdbcType type) {
    return switch (type) {
      case BIT_TRUTH, BOOLEAN, NULL, UNKNOWN, GEOMETRY -> false;
      case YEAR -> !connection.choices().yearIsDate();
      case YEAR_DATE -> connection.choices().yearIsDate();
      default -> type.typeName().indexOf(' ') < 0;
    };
  }

  private static String isGeometry(String dataType) {
    return dataType
        + " IN ('geometry', 'point', 'linestring', 'polygon', 'multipoint', 'multilinestring',"
        + " 'multipolygon', 'geometrycollection', 'geomcollection')";
  }

  /** Digits of a number, characters of a text or a date, bytes of anything else. */
  static String size(String dataType) {
    return "CASE "
        + dataType
        + " WHEN 'date' THEN 10 WHEN 'year' THEN 4"
        + " WHEN 'time' THEN IF(DATETIME_PRECISION > 0, 9 + DATETIME_PRECISION, 8)"
        + " WHEN 'datetime' THEN IF(DATETIME_PRECISION > 0, 20 + DATETIME_PRECISION, 19)"
        + " WHEN 'timestamp' THEN IF(DATETIME_PRECISION > 0, 20 + DATETIME_PRECISION, 19)"
        + " WHEN 'uuid' THEN 36 WHEN 'inet4' THEN 15 WHEN 'inet6' THEN 39"
        + " WHEN 'json' THEN 1073741824"
        + " ELSE LEAST(COALESCE(CHARACTER_MAXIMUM_LENGTH, NUMERIC_PRECISION, 65535), 2147483647)"
        + " END";
  }

  static String decimals(String dataType) {
    return "CASE WHEN "
        + dataType
        + " IN ('time', 'datetime', 'timestamp') THEN COALESCE(DATETIME_PRECISION, 0)"
        + " ELSE NUMERIC_SCALE END";
  }
}
