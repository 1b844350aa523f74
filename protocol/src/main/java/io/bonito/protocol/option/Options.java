package io.bonito.protocol.option;

import static io.bonito.protocol.option.OptionGroup.ADDRESS;
import static io.bonito.protocol.option.OptionGroup.LIMITS;
import static io.bonito.protocol.option.OptionGroup.LOGIN;
import static io.bonito.protocol.option.OptionGroup.NETWORK;
import static io.bonito.protocol.option.OptionGroup.SESSION;
import static io.bonito.protocol.option.OptionGroup.STATEMENTS;
import static io.bonito.protocol.option.OptionGroup.VALUES;
import static io.bonito.protocol.option.OptionType.BOOLEAN;
import static io.bonito.protocol.option.OptionType.BYTES;
import static io.bonito.protocol.option.OptionType.LIST;
import static io.bonito.protocol.option.OptionType.MILLISECONDS;
import static io.bonito.protocol.option.OptionType.PAIRS;
import static io.bonito.protocol.option.OptionType.SECONDS;
import static io.bonito.protocol.option.OptionType.SECRET;
import static io.bonito.protocol.option.OptionType.TEXT;
import static io.bonito.protocol.option.OptionType.number;
import static io.bonito.protocol.option.OptionType.oneOf;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Every option there is. A new one is one declaration here and the place that obeys it; its line in
 * {@code docs/options.md} is printed from the declaration.
 */
public final class Options {
  // First, because each declaration below adds itself.
  private static final List<Option<?>> ALL = new ArrayList<>();

  // ---- where the server is

  public static final Option<String> HOST =
      declare(
          "host",
          ADDRESS,
          TEXT,
          "localhost",
          "Name or address of the server. One that starts with / is the path of a Unix socket.");

  public static final Option<Integer> PORT =
      declare("port", ADDRESS, number(1, 65_535), 3306, "TCP port of the server.");

  public static final Option<String> LOCAL_SOCKET =
      declare(
              "localSocket",
              ADDRESS,
              TEXT,
              "",
              "Path of a Unix domain socket; then host and port only name the server.")
          .mariaDb();

  public static final Option<String> DATABASE =
      declare("database", ADDRESS, TEXT, "", "Database to use from the start; none by default.");

  public static final Option<Boolean> STRICT_OPTIONS =
      declare(
          "strictOptions",
          ADDRESS,
          BOOLEAN,
          false,
          "Whether an unknown option in a URL is an error instead of a warning.");

  // ---- who connects

  public static final Option<String> USER =
      declare("user", LOGIN, TEXT, "", "Account name on the server.").connectorJ().mariaDb();

  public static final Option<Secret> PASSWORD =
      declare("password", LOGIN, SECRET, Secret.NONE, "Password of the account's first factor.")
          .connectorJ("password", "password1")
          .mariaDb();

  public static final Option<Secret> PASSWORD2 =
      declare("password2", LOGIN, SECRET, Secret.NONE, "Password of the second factor.")
          .connectorJ();

  public static final Option<Secret> PASSWORD3 =
      declare("password3", LOGIN, SECRET, Secret.NONE, "Password of the third factor.")
          .connectorJ();

  public static final Option<List<String>> RESTRICTED_AUTH =
      declare(
              "restrictedAuth",
              LOGIN,
              LIST,
              List.of(),
              "The only authentication methods that may be used; a server that asks for another is"
                  + " refused. Empty: all but those that reveal the password to an unverified peer.")
          .mariaDb();

  public static final Option<List<String>> DISABLED_AUTHENTICATION_PLUGINS =
      declare(
              "disabledAuthenticationPlugins",
              LOGIN,
              LIST,
              List.of(),
              "Authentication methods, by the server's names, that are never used.")
          .connectorJ();

  public static final Option<Map<String, String>> CONNECTION_ATTRIBUTES =
      declare(
              "connectionAttributes",
              LOGIN,
              PAIRS,
              Map.of(),
              "Shown in performance_schema.session_connect_attrs beside what the driver says of"
                  + " itself; none sends nothing at all.")
          .connectorJ()
          .mariaDb();

  // ---- time and network

  public static final Option<Duration> CONNECT_TIMEOUT =
      declare(
              "connectTimeout",
              NETWORK,
              MILLISECONDS,
              Duration.ofSeconds(10),
              "Time for name, TCP, TLS and login together; 0 waits for ever.")
          .connectorJ()
          .mariaDb();

  public static final Option<Duration> SOCKET_TIMEOUT =
      declare(
              "socketTimeout",
              NETWORK,
              MILLISECONDS,
              Duration.ZERO,
              "How long an answer may pause before the connection is closed; 0: as long as the server"
                  + " is alive, which keepalive and probes watch.")
          .connectorJ()
          .mariaDb();

  public static final Option<Duration> STATEMENT_TIMEOUT =
      declare(
          "statementTimeout",
          NETWORK,
          MILLISECONDS,
          Duration.ZERO,
          "Deadline of every statement that sets none itself; 0: none.");

  public static final Option<Boolean> TCP_KEEP_ALIVE =
      declare(
              "tcpKeepAlive",
              NETWORK,
              BOOLEAN,
              true,
              "Whether the operating system asks a silent server for a sign of life.")
          .connectorJ()
          .mariaDb();

  public static final Option<Duration> TCP_KEEP_IDLE =
      declare(
              "tcpKeepIdle",
              NETWORK,
              SECONDS,
              Duration.ofSeconds(20),
              "Silence before the first such question; 0: the system's own setting.")
          .mariaDb();

  public static final Option<Duration> TCP_KEEP_INTERVAL =
      declare(
              "tcpKeepInterval",
              NETWORK,
              SECONDS,
              Duration.ofSeconds(10),
              "Time between two such questions; 0: the system's own setting.")
          .mariaDb();

  public static final Option<Integer> TCP_KEEP_COUNT =
      declare(
              "tcpKeepCount",
              NETWORK,
              number(0, 127),
              3,
              "Unanswered questions after which the server counts as gone; 0: the system's own"
                  + " setting.")
          .mariaDb();

  public static final Option<Boolean> PROBE_VANISHED_PEERS =
      declare(
          "probeVanishedPeers",
          NETWORK,
          BOOLEAN,
          true,
          "Whether a host from which calls have heard nothing for 20 s is probed with a login of"
              + " its own, one for all calls; two silent probes close them.");

  public static final Option<Boolean> TCP_NO_DELAY =
      declare("tcpNoDelay", NETWORK, BOOLEAN, true, "Whether small packets are sent at once.")
          .connectorJ();

  public static final Option<Integer> TCP_RECEIVE_BUFFER =
      declare(
              "tcpRcvBuf",
              NETWORK,
              number(0, Integer.MAX_VALUE),
              0,
              "Bytes of the socket's receive buffer; 0: the system's choice.")
          .connectorJ();

  public static final Option<Integer> TCP_SEND_BUFFER =
      declare(
              "tcpSndBuf",
              NETWORK,
              number(0, Integer.MAX_VALUE),
              0,
              "Bytes of the socket's send buffer; 0: the system's choice.")
          .connectorJ();

  public static final Option<Integer> TCP_TRAFFIC_CLASS =
      declare("tcpTrafficClass", NETWORK, number(0, 255), 0, "Traffic class of sent packets.")
          .connectorJ();

  public static final Option<Boolean> USE_COMPRESSION =
      declare(
              "useCompression",
              NETWORK,
              BOOLEAN,
              false,
              "Whether to compress with zlib where the server offers it: less traffic, more work.")
          .connectorJ()
          .mariaDb();

  public static final Option<Boolean> DISABLE_PIPELINE =
      declare(
              "disablePipeline",
              NETWORK,
              BOOLEAN,
              false,
              "Whether each command waits for the answer to the one before, for proxies that cannot"
                  + " take several.")
          .mariaDb();

  // ---- the session

  public static final Option<Boolean> USE_AFFECTED_ROWS =
      declare(
              "useAffectedRows",
              SESSION,
              BOOLEAN,
              false,
              "Whether UPDATE counts the rows it changed instead of those it found.")
          .connectorJ()
          .mariaDb();

  public static final Option<Boolean> INTERACTIVE_CLIENT =
      declare(
              "interactiveClient",
              SESSION,
              BOOLEAN,
              false,
              "Whether the server's interactive_timeout holds instead of its wait_timeout.")
          .connectorJ("interactiveClient", "isInteractiveClient")
          .mariaDb();

  public static final Option<Boolean> DISCONNECT_ON_EXPIRED_PASSWORDS =
      declare(
              "disconnectOnExpiredPasswords",
              SESSION,
              BOOLEAN,
              true,
              "Whether an expired password is refused at login; false gives a connection that can do"
                  + " nothing but change it.")
          .connectorJ()
          .mariaDb();

  public static final Option<DatabaseTerm> DATABASE_TERM =
      declare(
              "databaseTerm",
              SESSION,
              oneOf(DatabaseTerm.class),
              DatabaseTerm.CATALOG,
              "Whether JDBC knows databases as catalogs or as schemas.")
          .connectorJ()
          .mariaDb("useCatalogTerm");

  public static final Option<Boolean> NULL_DATABASE_MEANS_CURRENT =
      declare(
              "nullDatabaseMeansCurrent",
              SESSION,
              BOOLEAN,
              false,
              "Whether metadata without a database is that of the current one, not of all.")
          .connectorJ("nullDatabaseMeansCurrent", "nullCatalogMeansCurrent")
          .mariaDb("nullDatabaseMeansCurrent", "nullCatalogMeansCurrent");

  public static final Option<Map<String, String>> QUERY_ATTRIBUTES =
      declare(
          "queryAttributes",
          SESSION,
          PAIRS,
          Map.of(),
          "Attributes sent with every statement, for mysql_query_attribute_string().");

  // ---- statements

  public static final Option<Boolean> ALLOW_MULTI_QUERIES =
      declare(
              "allowMultiQueries",
              STATEMENTS,
              BOOLEAN,
              false,
              "Whether one text may hold several statements with ; between them.")
          .connectorJ()
          .mariaDb();

  public static final Option<ServerPreparation> USE_SERVER_PREP_STMTS =
      declare(
              "useServerPrepStmts",
              STATEMENTS,
              ServerPreparation.TYPE,
              ServerPreparation.AUTO,
              "Whether statements with parameters are prepared on the server: auto prepares whatever"
                  + " it can.")
          .connectorJ()
          .mariaDb();

  public static final Option<Boolean> CACHE_PREP_STMTS =
      declare(
              "cachePrepStmts",
              STATEMENTS,
              BOOLEAN,
              true,
              "Whether prepared statements are kept for the next use of the same text.")
          .connectorJ()
          .mariaDb();

  public static final Option<Integer> PREP_STMT_CACHE_SIZE =
      declare(
              "prepStmtCacheSize",
              STATEMENTS,
              number(0, 65_535),
              250,
              "How many prepared statements a connection keeps.")
          .connectorJ()
          .mariaDb();

  public static final Option<Boolean> USE_BULK_STMTS =
      declare(
              "useBulkStmtsForInserts",
              STATEMENTS,
              BOOLEAN,
              true,
              "Whether rows of a batch of inserts go to the server many at a time.")
          .mariaDb("useBulkStmtsForInserts", "useBulkStmts");

  public static final Option<Integer> DEFAULT_FETCH_SIZE =
      declare(
              "defaultFetchSize",
              STATEMENTS,
              number(0, Integer.MAX_VALUE),
              0,
              "Rows fetched at a time by statements that do not say; 0: the whole result.")
          .connectorJ()
          .mariaDb();

  // ---- values

  public static final Option<ZeroDateTimeBehavior> ZERO_DATE_TIME_BEHAVIOR =
      declare(
              "zeroDateTimeBehavior",
              VALUES,
              oneOf(ZeroDateTimeBehavior.class),
              ZeroDateTimeBehavior.EXCEPTION,
              "What 0000-00-00 becomes in Java.")
          .connectorJ()
          .defaultFor(Scheme.MARIADB, ZeroDateTimeBehavior.CONVERT_TO_NULL);

  public static final Option<Boolean> TINY_INT1_IS_BIT =
      declare(
              "tinyInt1isBit",
              VALUES,
              BOOLEAN,
              true,
              "Whether TINYINT(1) is a truth value, also in metadata.")
          .connectorJ()
          .mariaDb();

  public static final Option<Boolean> TRANSFORMED_BIT_IS_BOOLEAN =
      declare(
              "transformedBitIsBoolean",
              VALUES,
              BOOLEAN,
              true,
              "Whether metadata calls such a column BOOLEAN; false: BIT.")
          .connectorJ()
          .mariaDb()
          .defaultFor(Scheme.MYSQL, false);

  public static final Option<Boolean> YEAR_IS_DATE_TYPE =
      declare(
              "yearIsDateType",
              VALUES,
              BOOLEAN,
              true,
              "Whether getObject gives a YEAR as a date; false: as a number.")
          .connectorJ()
          .mariaDb();

  // ---- limits

  public static final Option<Long> MAX_ALLOWED_PACKET =
      declare(
              "maxAllowedPacket",
              LIMITS,
              BYTES,
              0L,
              "Largest command that is sent; 0: what the server allows.")
          .connectorJ()
          .mariaDb();

  public static final Option<Long> MAX_ROW_BYTES =
      declare(
          "maxRowBytes",
          LIMITS,
          BYTES,
          0L,
          "Largest row that is accepted; 0: an eighth of the heap, at most 1 GiB.");

  public static final Option<Long> MAX_RESULT_BYTES =
      declare(
          "maxResultBytes",
          LIMITS,
          BYTES,
          0L,
          "Largest result that is kept in memory as a whole; 0: a quarter of the heap.");

  private static final Map<String, Option<?>> BY_NAME = byName();

  private Options() {}

  /** All options, those of the other classes too, by group. */
  public static List<Option<?>> all() {
    List<Option<?>> all = new ArrayList<>(ALL);
    List.of(
            TlsOptions.all(),
            ZoneOptions.all(),
            SessionStartOptions.all(),
            CompatibilityOptions.all(),
            LogOptions.all())
        .forEach(all::addAll);
    all.add(RouteOptions.SOCKET_FACTORY);
    all.add(MultiplexingOptions.MULTIPLEXING);
    all.sort(Comparator.comparing(Option::group));
    return Collections.unmodifiableList(all);
  }

  /** The option that goes by this name, in either rival's spelling too, without regard to case. */
  public static Optional<Option<?>> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT)));
  }

  /** All names by which options are understood. */
  static List<String> names() {
    List<String> names = new ArrayList<>();
    for (Option<?> option : all()) {
      names.addAll(option.allNames());
    }
    return names;
  }

  private static Map<String, Option<?>> byName() {
    Map<String, Option<?>> byName = new HashMap<>();
    for (Option<?> option : all()) {
      for (String name : option.allNames()) {
        if (byName.put(name.toLowerCase(Locale.ROOT), option) != null) {
          throw new AssertionError("two options are called " + name);
        }
      }
    }
    return byName;
  }

  private static <T> Option<T> declare(
      String name, OptionGroup group, OptionType<T> type, T defaultValue, String help) {
    Option<T> option = new Option<>(name, group, type, defaultValue, help);
    ALL.add(option);
    return option;
  }
}
