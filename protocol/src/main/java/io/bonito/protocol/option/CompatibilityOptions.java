package io.bonito.protocol.option;

import static io.bonito.protocol.option.OptionGroup.STATEMENTS;
import static io.bonito.protocol.option.OptionGroup.VALUES;
import static io.bonito.protocol.option.OptionType.BOOLEAN;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Habits of the rivals that programs have come to rely on; part of {@link Options#all}. Obeyed by
 * the JDBC driver.
 */
public final class CompatibilityOptions {
  // First, because each declaration below adds itself.
  private static final List<Option<?>> ALL = new ArrayList<>();

  public static final Option<Integer> MAX_ROWS =
      declare(
              "maxRows",
              STATEMENTS,
              new OptionType<>(
                  "number -1 to 2147483647", CompatibilityOptions::rows, String::valueOf),
              -1,
              "Rows of a result that statements let through that do not say; -1 or 0: all.")
          .connectorJ();

  public static final Option<Boolean> ENABLE_ESCAPE_PROCESSING =
      declare(
              "enableEscapeProcessing",
              STATEMENTS,
              BOOLEAN,
              true,
              "Whether statements begin with JDBC's {escapes} on.")
          .connectorJ();

  public static final Option<Boolean> PROCESS_ESCAPES_FOR_PREPARED =
      declare(
              "processEscapeCodesForPrepStmts",
              STATEMENTS,
              BOOLEAN,
              true,
              "Whether prepared statements may hold JDBC's {escapes}.")
          .connectorJ();

  public static final Option<Boolean> USE_CURSOR_FETCH =
      declare(
              "useCursorFetch",
              STATEMENTS,
              BOOLEAN,
              false,
              "Whether rows that are fetched in portions stay with the server in between, in a"
                  + " temporary table: slower, but other statements cost nothing meanwhile.")
          .connectorJ();

  public static final Option<Boolean> CONTINUE_BATCH_ON_ERROR =
      declare(
              "continueBatchOnError",
              STATEMENTS,
              BOOLEAN,
              true,
              "Whether the statements behind one that fails are executed; false sends them one by"
                  + " one.")
          .connectorJ()
          .mariaDb();

  public static final Option<Boolean> DUMP_QUERIES_ON_EXCEPTION =
      declare(
              "dumpQueriesOnException",
              STATEMENTS,
              BOOLEAN,
              false,
              "Whether the message of a server's error ends with the statement.")
          .connectorJ()
          .mariaDb();

  public static final Option<Boolean> USE_MYSQL_METADATA =
      declare(
              "useMysqlMetadata",
              VALUES,
              BOOLEAN,
              false,
              "Whether metadata calls a MariaDB server MySQL.")
          .mariaDb();

  public static final Option<Boolean> USE_OLD_ALIAS_METADATA_BEHAVIOR =
      declare(
              "useOldAliasMetadataBehavior",
              VALUES,
              BOOLEAN,
              false,
              "Whether getColumnName and getTableName give the alias.")
          .connectorJ()
          .mariaDb();

  public static final Option<Boolean> BLANK_TABLE_NAME_META =
      declare("blankTableNameMeta", VALUES, BOOLEAN, false, "Whether getTableName gives nothing.")
          .mariaDb();

  public static final Option<Boolean> SEND_FRACTIONAL_SECONDS =
      declare(
              "sendFractionalSeconds",
              VALUES,
              BOOLEAN,
              true,
              "Whether dates with times, and times, are sent with fractions of seconds.")
          .connectorJ();

  public static final Option<Boolean> SEND_FRACTIONAL_SECONDS_FOR_TIME =
      declare(
              "sendFractionalSecondsForTime",
              VALUES,
              BOOLEAN,
              true,
              "Whether java.sql.Time is sent with fractions of seconds.")
          .connectorJ();

  private CompatibilityOptions() {}

  static List<Option<?>> all() {
    return Collections.unmodifiableList(ALL);
  }

  private static int rows(String text) {
    return text.equals("-1") ? -1 : OptionType.number(0, Integer.MAX_VALUE).parser().apply(text);
  }

  private static <T> Option<T> declare(
      String name, OptionGroup group, OptionType<T> type, T defaultValue, String help) {
    Option<T> option = new Option<>(name, group, type, defaultValue, help);
    ALL.add(option);
    return option;
  }
}
