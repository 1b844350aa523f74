package io.bonito.protocol.option;

import static io.bonito.protocol.option.OptionGroup.SESSION;
import static io.bonito.protocol.option.OptionType.BOOLEAN;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** The options that say what a session begins with; part of {@link Options#all}. */
public final class SessionStartOptions {
  // First, because each declaration below adds itself.
  private static final List<Option<?>> ALL = new ArrayList<>();

  public static final Option<Map<String, String>> SESSION_VARIABLES =
      declare(
              "sessionVariables",
              SessionVariables.TYPE,
              Map.of(),
              "Variables that are set when a session begins, and again after each loan of a pool.")
          .connectorJ()
          .mariaDb();

  public static final Option<List<String>> INIT_SQL =
      declare(
              "initSql",
              SessionVariables.STATEMENTS,
              List.of(),
              "Statements that are executed when a session begins.")
          .mariaDb();

  public static final Option<Boolean> AUTOCOMMIT =
      declare("autocommit", BOOLEAN, true, "Whether a connection begins with autocommit.")
          .mariaDb();

  public static final Option<TransactionIsolation> TRANSACTION_ISOLATION =
      declare(
              "transactionIsolation",
              TransactionIsolation.TYPE,
              TransactionIsolation.SERVERS,
              "Isolation of transactions; none: what the server has set.")
          .mariaDb();

  public static final Option<Boolean> READ_ONLY_PROPAGATES_TO_SERVER =
      declare(
              "readOnlyPropagatesToServer",
              BOOLEAN,
              true,
              "Whether setReadOnly is told to the server, which then refuses to write.")
          .connectorJ()
          .mariaDb();

  public static final Option<Boolean> CREATE_DATABASE_IF_NOT_EXIST =
      declare(
              "createDatabaseIfNotExist",
              BOOLEAN,
              false,
              "Whether a database that is not there is made when somebody connects to it.")
          .connectorJ()
          .mariaDb();

  public static final Option<String> CONNECTION_COLLATION =
      declare(
              "connectionCollation",
              new OptionType<>("a collation's name", SessionStartOptions::collation, name -> name),
              "",
              "Collation by which texts in statements are compared. Texts always go in utf8mb4, so"
                  + " for one of utf8 its like in utf8mb4 is taken, and one of another charset has"
                  + " no effect.")
          .connectorJ()
          .mariaDb();

  public static final Option<Boolean> JDBC_COMPLIANT_TRUNCATION =
      declare(
              "jdbcCompliantTruncation",
              BOOLEAN,
              true,
              "Whether a value that does not fit is an error also where the server's sql_mode would"
                  + " cut it: STRICT_TRANS_TABLES is added then. Obeyed by the JDBC driver.")
          .connectorJ()
          .mariaDb();

  public static final Option<Integer> NET_TIMEOUT_FOR_STREAMING_RESULTS =
      declare(
              "netTimeoutForStreamingResults",
              OptionType.number(0, Integer.MAX_VALUE),
              600,
              "Seconds that the server waits for a reader of streamed rows before it hangs up, told"
                  + " with the first statement that streams; 0: what the server has set. Obeyed by"
                  + " the JDBC driver.")
          .connectorJ();

  private SessionStartOptions() {}

  static List<Option<?>> all() {
    return Collections.unmodifiableList(ALL);
  }

  private static String collation(String text) {
    if (!text.matches("[A-Za-z0-9_]+")) {
      throw new IllegalArgumentException("a name of letters, digits and _ is due");
    }
    return text;
  }

  private static <T> Option<T> declare(
      String name, OptionType<T> type, T defaultValue, String help) {
    Option<T> option = new Option<>(name, SESSION, type, defaultValue, help);
    ALL.add(option);
    return option;
  }
}
