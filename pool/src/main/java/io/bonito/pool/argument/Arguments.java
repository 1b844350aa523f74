package io.bonito.pool.argument;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** All arguments, under SQLAlchemy's names where it has them. Durations are seconds, as there. */
public final class Arguments {
  /** A duration of which there is none: -1 in SQLAlchemy, 0 in HikariCP. */
  public static final long NEVER = Long.MAX_VALUE;

  private static final String HIKARI = "HikariCP";
  private static final String MARIADB = "MariaDB";
  private static final List<Argument<?>> ALL = new ArrayList<>();

  public static final Argument<String> POOL_CLASS =
      text("pool_class", "QueuePool", "Which kind of pool it is.").alias("SQLAlchemy", "poolclass");
  public static final Argument<Integer> POOL_SIZE =
      number("pool_size", 5, 0, "How many connections stay open; 0: any number.");
  public static final Argument<Integer> MAX_OVERFLOW =
      number("max_overflow", 10, -1, "How many more there may be for a while; -1: any number.");
  public static final Argument<Integer> MAXIMUM =
      number(
              "maximum_pool_size",
              0,
              0,
              "Stands for pool_size=n and max_overflow=0; 0: is not given.")
          .alias(MARIADB, "maxPoolSize");
  public static final Argument<Long> TIMEOUT =
      seconds("timeout", SECONDS.toNanos(30), "How long a borrower waits; -1: as long as it takes.")
          .alias(HIKARI, "connectionTimeout", Arguments::millisOrNever);
  public static final Argument<Long> RECYCLE =
      seconds(
              "recycle",
              NEVER,
              "How old a connection gets; up to a quarter is taken off at random. -1: any age.")
          .alias(HIKARI, "maxLifetime", Arguments::millisOrNever);
  public static final Argument<Boolean> USE_LIFO =
      flag("use_lifo", false, "Whether the connection returned last is lent first.");
  public static final Argument<String> IDLE_ORDER =
      choice(
          "idle_order",
          "any",
          List.of("any", "lifo", "fifo"),
          "Which idle connection is lent; any: the one that the thread had last, the fastest.");
  public static final Argument<Boolean> PRE_PING =
      flag("pre_ping", false, "Whether each connection is checked before it is lent.");
  public static final Argument<Long> CHECK_AFTER =
      seconds(
          "check_after",
          MILLISECONDS.toNanos(500),
          "How long a connection rests before it is checked ahead of lending; -1: never.");
  public static final Argument<String> RESET_ON_RETURN =
      declared(
          new Argument<>(
              "reset_on_return",
              "rollback, commit, none",
              "rollback",
              Arguments::reset,
              "What becomes of an open transaction when its connection comes back."));
  public static final Argument<String> LOGGING_NAME =
      text("logging_name", "", "What the pool is called in messages.")
          .alias(HIKARI, "poolName")
          .alias("Bonito", "name");
  public static final Argument<String> PROGRAM_NAME =
      text(
          "program_name",
          "",
          "What the server is told of who connects; if not given, the class or archive that was"
              + " started.");
  public static final Argument<Boolean> STORE_TRACEBACK =
      flag("store_traceback", true, "Whether AssertionPool remembers where it has lent.");
  public static final Argument<Boolean> USE_THREADLOCAL =
      flag("use_threadlocal", false, "Whether a thread that has a connection gets it again.");
  public static final Argument<Integer> MINIMUM_IDLE =
      number("minimum_idle", 0, 0, "How many are open although nobody asks.")
          .alias(MARIADB, "minPoolSize");
  public static final Argument<Long> IDLE_TIMEOUT =
      seconds(
              "idle",
              SECONDS.toNanos(600),
              "How long a connection rests before it is closed; -1: for ever.")
          .alias(HIKARI, "idleTimeout", Arguments::millisOrNever)
          .alias(MARIADB, "maxIdleTime");
  public static final Argument<Long> LINGER =
      seconds(
          "linger", SECONDS.toNanos(30), "How long one above pool_size rests before it is closed.");
  public static final Argument<Long> KEEP_ALIVE =
      seconds("keep_alive", NEVER, "How long one rests before it is checked meanwhile; -1: never.")
          .alias(HIKARI, "keepaliveTime", Arguments::millisOrNever);
  public static final Argument<Integer> MAXIMUM_WAITERS =
      number(
          "maximum_waiters", Integer.MAX_VALUE, 0, "How many may wait; more are refused at once.");
  public static final Argument<Integer> PARALLEL_OPENINGS =
      number("parallel_openings", 8, 1, "How many are opened at the same time.");
  public static final Argument<Integer> BUDGET_MINIMUM =
      number(
          "budget_minimum",
          0,
          0,
          "How many connections of the process's budget are set aside for this pool alone.");
  public static final Argument<Integer> MULTIPLEXING =
      number(
          "multiplexing",
          0,
          0,
          "How many connections beside the pool's all borrowers share for single statements, as"
              + " multiplexing.md says; 0: none. Only with Bonito's driver.");
  public static final Argument<Long> LEAK =
      seconds("leak", NEVER, "How long a loan takes before it is reported; -1: any time.")
          .alias(HIKARI, "leakDetectionThreshold", Arguments::millisOrNever);
  public static final Argument<Long> TRACE =
      seconds(
          "trace",
          SECONDS.toNanos(60),
          "For how long, after somebody waited in vain, each loan remembers where it was made; -1:"
              + " not at all.");
  public static final Argument<String> ECHO =
      choice(
          "echo",
          "false",
          List.of("false", "true", "debug"),
          "Whether the log io.bonito.pool.echo has what is opened and closed; debug: each loan"
              + " too.");
  public static final Argument<Boolean> REGISTER_MBEANS =
      flag("register_mbeans", false, "Whether JMX has the pool, under HikariCP's names.")
          .alias(HIKARI, "registerMbeans");
  public static final Argument<String> INITIAL_SQL =
      text("initial_sql", "", "What each new connection executes first.")
          .alias(HIKARI, "connectionInitSql");
  public static final Argument<String> ISOLATION =
      choice(
              "isolation",
              "",
              List.of("", "read_uncommitted", "read_committed", "repeatable_read", "serializable"),
              "The isolation of each new connection.")
          .alias(HIKARI, "transactionIsolation", Arguments::isolationOfHikari);
  public static final Argument<String> SCHEMA = text("schema", "", "The schema of each new one.");
  public static final Argument<String> CATALOG =
      text("catalog", "", "The catalog of each new one.");
  public static final Argument<Boolean> READ_ONLY =
      flag("read_only", false, "Whether new connections are read-only.");
  public static final Argument<Boolean> AUTO_COMMIT =
      flag("auto_commit", true, "Whether new connections commit each statement.");

  private Arguments() {}

  /** In the order of the page. */
  public static List<Argument<?>> all() {
    return List.copyOf(ALL);
  }

  private static <T> Argument<T> declared(Argument<T> argument) {
    ALL.add(argument);
    return argument;
  }

  private static Argument<String> text(String name, String byDefault, String help) {
    return declared(new Argument<>(name, "text", byDefault, Function.identity(), help));
  }

  private static Argument<Integer> number(String name, int byDefault, int least, String help) {
    return declared(
        new Argument<>(
            name,
            "number, " + least + " or more",
            byDefault,
            text -> {
              int value = Integer.parseInt(text.trim());
              if (value < least) {
                throw new IllegalArgumentException("less than " + least);
              }
              return value;
            },
            help));
  }

  private static Argument<Boolean> flag(String name, boolean byDefault, String help) {
    return declared(new Argument<>(name, "true, false", byDefault, Arguments::flag, help));
  }

  private static boolean flag(String text) {
    return switch (text.trim().toLowerCase(Locale.ROOT)) {
      case "true", "1", "yes", "on" -> true;
      case "false", "0", "no", "off" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }

  private static Argument<Long> seconds(String name, long byDefault, String help) {
    return declared(new Argument<>(name, "seconds", byDefault, Arguments::secondsOrNever, help));
  }

  private static long secondsOrNever(String text) {
    String number = text.trim().toLowerCase(Locale.ROOT);
    double factor = 1e9;
    if (number.endsWith("ms")) {
      factor = 1e6;
      number = number.substring(0, number.length() - 2);
    } else if (number.endsWith("s")) {
      number = number.substring(0, number.length() - 1);
    } else if (number.endsWith("m")) {
      factor = 60e9;
      number = number.substring(0, number.length() - 1);
    }
    double value = Double.parseDouble(number.trim());
    if (!(value >= -1)) {
      throw new IllegalArgumentException("less than -1");
    }
    return value < 0 ? NEVER : (long) (value * factor);
  }

  private static long millisOrNever(String text) {
    long value = Long.parseLong(text.trim());
    if (value < 0) {
      throw new IllegalArgumentException("less than 0");
    }
    return value == 0 ? NEVER : MILLISECONDS.toNanos(value);
  }

  private static Argument<String> choice(
      String name, String byDefault, List<String> values, String help) {
    return declared(
        new Argument<>(
            name,
            String.join(", ", values.stream().filter(v -> !v.isEmpty()).toList()),
            byDefault,
            text -> chosen(text, values),
            help));
  }

  private static String chosen(String text, List<String> values) {
    for (String value : values) {
      if (Argument.plain(value).equals(Argument.plain(text.trim()))) {
        return value;
      }
    }
    throw new IllegalArgumentException("none of " + values);
  }

  private static String reset(String text) {
    Map<String, String> spellings =
        Map.of(
            "rollback",
            "rollback",
            "true",
            "rollback",
            "commit",
            "commit",
            "none",
            "none",
            "false",
            "none");
    String known = spellings.get(text.trim().toLowerCase(Locale.ROOT));
    if (known == null) {
      throw new IllegalArgumentException("none of rollback, commit, none");
    }
    return known;
  }

  private static String isolationOfHikari(String text) {
    return chosen(
        text.replace("TRANSACTION_", ""),
        List.of("read_uncommitted", "read_committed", "repeatable_read", "serializable"));
  }
}
