package io.bonito.conformance.jdbc;

import io.bonito.testkit.server.Family;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What ours tells otherwise than a rival, on purpose: each has words in docs/differences.md, and is
 * met on the servers it is due on. The first one that fits takes a difference.
 */
enum KnownDifference {
  // ---- how statements are sent
  PARAMETERS_ARE_WHAT_THEY_ARE(
      "a parameter that comes as a number once and as a text the next time",
      of("parameters|nulls").and(binary()).and(on("SELECT \\?.*")).and(is("(?!getByte).*"))),
  ESCAPES_ARE_TYPED("`{d '…'}`, `{t '…'}`, `{ts '…'}`", on(".*\\{ts '.*")),
  LITERALS_ARE_TYPED(
      "parameters that go as text", of("parameters|nulls").and(text()).and(on(".*\\?.*"))),

  // ---- reading values
  DATETIME_OBJECT(
      "`getObject` of a `DATETIME` without a class",
      connectorJ().and(is("getObject|className")).and(theirs("java.time.LocalDateTime.*"))),
  BYTES_AS_TEXT("`getString` of bytes that are no UTF-8", is("getString").and(refused())),
  YEAR_VALUES("`getString` of a `YEAR`", type("YEAR").and(is("get.*"))),
  BIT_VALUES("`BIT(n)`", type("BIT").and(is("get.*|className|type|precision|displaySize"))),
  REFUSED("a number asked of a text that is none", getter().and(refused())),
  TAKEN("conversions that a rival refuses", getter().and(d -> d.isTheirFailure())),
  TRUTH("`getBoolean` of a number", is("getBoolean")),
  BYTE_OF_TEXT("`getByte` of a text", is("getByte").and(theirs("4[89]|5[0-7]"))),
  DECIMAL_OF_TEXT(
      "`getBigDecimal` of a text",
      connectorJ().and(is("getBigDecimal")).and(type("VARCHAR|CHAR|.*TEXT"))),
  FLOAT_TEXT(
      "`getString` and `getBigDecimal` of `FLOAT` and `DOUBLE`",
      type("(FLOAT|DOUBLE|DECIMAL).*").and(is("getString|getBigDecimal"))),
  FLOAT_AS_DOUBLE("`getDouble` of a `FLOAT`", type("FLOAT.*").and(is("getDouble"))),
  ZEROFILL("`ZEROFILL`", type("INT UNSIGNED").and(is("getString"))),
  FRACTIONS(
      "fractions of seconds in `getString`", type("TIME|DATETIME|TIMESTAMP").and(is("getString"))),
  TIME_FRACTIONS(
      "`getTimestamp` of a `TIME`", type("TIME").and(is("getTimestamp|getLocalDateTime|getTime"))),
  BYTES_OF_VALUES("`getBytes` of what is no bytes", is("getBytes")),
  NO_DATE(
      "`zeroDateTimeBehavior`",
      is("getObject|getDate|getTime.*|getLocal.*").and(theirs(".*wasNull"))),
  OBJECTS_OF_MARIADB("`BLOB` as `java.sql.Blob`", mariaDb().and(is("getObject|className"))),

  // ---- columns
  TYPE_NAMES(
      "`ENUM`, `SET`, `JSON`, `UUID`", is("typeName").and(ours("ENUM|SET|JSON|UUID|INET[46]"))),
  INTEGER("`INTEGER`", mariaDb().and(is("typeName")).and(theirs("INTEGER.*"))),
  TYPES_OF_MARIADB("type codes", mariaDb().and(is("type|typeName"))),
  TYPE_BY_LENGTH("`TEXT` or `LONGTEXT`", connectorJ().and(is("typeName")).and(theirs("LONGTEXT"))),
  JSON_TYPE(
      "`ENUM`, `SET`, `JSON`, `UUID`",
      connectorJ().and(is("type")).and(type("JSON")),
      Family.MARIADB),
  NO_LABEL("a column without a name", connectorJ().and(is("label|name")).and(theirs("null"))),
  PRECISION("`getPrecision`", is("precision")),
  SCALE("`getScale`", is("scale")),
  DISPLAY_SIZE("`getColumnDisplaySize`", is("displaySize")),
  SIGNED("`isSigned`", mariaDb().and(is("signed"))),
  CASE("`isCaseSensitive`", is("caseSensitive")),
  READ_ONLY("`isReadOnly`", is("readOnly")),
  TABLE("`getTableName`", is("table")),
  PREPARED_COLUMNS(
      "flags of columns in prepared statements",
      binary().and(is("autoIncrement|nullable|catalog|signed"))),

  // ---- warnings, errors, keys
  WARNING_STATE("the SQLState of a warning", is("warning state")),
  ERROR_CLASS("the class and SQLState of an error", is("execution (class|state)")),
  KEYS("keys of several rows in one statement", is("keys?( class| state| code| message)?"));

  private final String quote;
  private final Predicate<Difference> is;
  private final Set<Family> servers;

  KnownDifference(String quote, Predicate<Difference> is, Family... servers) {
    this.quote = quote;
    this.is = is;
    this.servers =
        servers.length == 0 ? EnumSet.allOf(Family.class) : EnumSet.copyOf(List.of(servers));
  }

  /** Words that stand in docs/differences.md. */
  String quote() {
    return quote;
  }

  boolean isDueOn(Family server) {
    return servers.contains(server);
  }

  static @Nullable KnownDifference of(Difference difference) {
    for (KnownDifference known : values()) {
      if (known.isDueOn(difference.server()) && known.is.test(difference)) {
        return known;
      }
    }
    return null;
  }

  private static Predicate<Difference> is(String aspect) {
    Pattern pattern = Pattern.compile(aspect);
    return difference -> pattern.matcher(difference.aspect()).matches();
  }

  private static Predicate<Difference> of(String script) {
    return difference -> difference.script().matches(script);
  }

  private static Predicate<Difference> on(String statement) {
    Pattern pattern = Pattern.compile(statement, Pattern.DOTALL);
    return difference -> pattern.matcher(difference.statement()).matches();
  }

  private static Predicate<Difference> type(String name) {
    Pattern pattern = Pattern.compile(name);
    return difference -> pattern.matcher(difference.type()).matches();
  }

  private static Predicate<Difference> ours(String value) {
    Pattern pattern = Pattern.compile(value, Pattern.DOTALL);
    return difference -> pattern.matcher(difference.ours()).matches();
  }

  private static Predicate<Difference> theirs(String value) {
    Pattern pattern = Pattern.compile(value, Pattern.DOTALL);
    return difference -> pattern.matcher(difference.theirs()).matches();
  }

  private static Predicate<Difference> getter() {
    return Difference::isGetter;
  }

  private static Predicate<Difference> refused() {
    return Difference::isFailure;
  }

  private static Predicate<Difference> binary() {
    return difference -> difference.mode() == DriverRun.Mode.BINARY;
  }

  private static Predicate<Difference> text() {
    return difference -> difference.mode() == DriverRun.Mode.TEXT;
  }

  private static Predicate<Difference> connectorJ() {
    return difference -> difference.rival() == RivalDriver.CONNECTOR_J;
  }

  private static Predicate<Difference> mariaDb() {
    return difference -> difference.rival() == RivalDriver.MARIADB_CONNECTOR_J;
  }
}
