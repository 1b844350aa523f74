package io.bonito.r2dbc;

import io.bonito.netty.LoopConnector;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.OptionException;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.option.Scheme;
import io.bonito.protocol.option.Secret;
import io.bonito.protocol.option.TlsOptions;
import io.netty.channel.EventLoopGroup;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.ConnectionFactoryProvider;
import io.r2dbc.spi.Option;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds connections for URLs and options; {@code ServiceLoader} finds it.
 *
 * <pre>
 *   r2dbc:bonito:mysql://…   r2dbc:bonito:mariadb://…   r2dbc:bonito://…     always
 *   r2dbc:mysql://…          where no other driver for that is on the class path
 *   r2dbc:mariadb://…        likewise
 * </pre>
 *
 * <p>Options have the names that a JDBC URL gives them, those of the other drivers included;
 * unknown ones are passed over, as R2DBC has it.
 */
public final class BonitoConnectionFactoryProvider implements ConnectionFactoryProvider {
  public static final String DRIVER = "bonito";

  /** The host's own loops, in place of the driver's. */
  public static final Option<EventLoopGroup> EVENT_LOOPS = Option.valueOf("eventLoops");

  /**
   * Whether statements of one connection that are subscribed to together are sent together; off by
   * itself. Whoever turns it on says that such statements do not depend on each other: each is
   * executed even where one before it fails, as with {@code flatMap}, while {@code concatMap}
   * subscribes to none before the one before it has ended.
   */
  public static final Option<Boolean> PIPELINING = Option.valueOf("pipelining");

  private static final String MYSQL = "mysql";
  private static final String MARIADB = "mariadb";

  /** The service files of others, in which their class would be named. */
  private static final String[] MYSQL_RIVALS = {
    "io/asyncer/r2dbc/mysql/MySqlConnectionFactoryProvider.class",
    "dev/miku/r2dbc/mysql/MySqlConnectionFactoryProvider.class",
    "com/github/jasync/r2dbc/mysql/MysqlConnectionFactoryProvider.class"
  };

  private static final String[] MARIADB_RIVALS = {
    "org/mariadb/r2dbc/MariadbConnectionFactoryProvider.class"
  };

  /** For ServiceLoader. */
  public BonitoConnectionFactoryProvider() {}

  @Override
  public String getDriver() {
    return DRIVER;
  }

  @Override
  public boolean supports(ConnectionFactoryOptions options) {
    String driver = text(options, ConnectionFactoryOptions.DRIVER);
    return switch (driver) {
      case DRIVER -> {
        String protocol = text(options, ConnectionFactoryOptions.PROTOCOL);
        yield protocol.isEmpty() || protocol.equals(MYSQL) || protocol.equals(MARIADB);
      }
      case MYSQL -> !isVisible(MYSQL_RIVALS);
      case MARIADB -> !isVisible(MARIADB_RIVALS);
      default -> false;
    };
  }

  /** Looks for the files only: no class is loaded or initialised. */
  private static boolean isVisible(String[] classFiles) {
    ClassLoader own = BonitoConnectionFactoryProvider.class.getClassLoader();
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    for (String classFile : classFiles) {
      if ((own != null && own.getResource(classFile) != null)
          || (context != null && context != own && context.getResource(classFile) != null)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public ConnectionFactory create(ConnectionFactoryOptions options) {
    String driver = text(options, ConnectionFactoryOptions.DRIVER);
    String family =
        driver.equals(DRIVER) ? text(options, ConnectionFactoryOptions.PROTOCOL) : driver;
    Object group = options.getValue(EVENT_LOOPS);
    LoopConnector connector =
        group instanceof EventLoopGroup given ? LoopConnector.on(given) : OwnLoops.connector();
    try {
      return new BonitoConnectionFactory(
          connectionOptions(options, family),
          connector,
          family.equals(MARIADB) ? "MariaDB" : "MySQL",
          duration(options, ConnectionFactoryOptions.LOCK_WAIT_TIMEOUT),
          flag(options, PIPELINING));
    } catch (OptionException e) {
      throw Exceptions.option(e);
    }
  }

  static ConnectionOptions connectionOptions(ConnectionFactoryOptions given, String family) {
    ConnectionOptions.Builder builder =
        ConnectionOptions.builder()
            .scheme(
                switch (family) {
                  case MYSQL -> Scheme.MYSQL;
                  case MARIADB -> Scheme.MARIADB;
                  default -> Scheme.BONITO;
                });
    for (io.bonito.protocol.option.Option<?> known : Options.all()) {
      for (String name : known.allNames()) {
        Object value = given.getValue(Option.valueOf(name));
        if (value != null) {
          builder.set(name, print(value));
        }
      }
    }
    Object password = given.getValue(ConnectionFactoryOptions.PASSWORD);
    if (password != null) {
      builder.set(Options.PASSWORD, Secret.of(String.valueOf(password)));
    }
    Object ssl = given.getValue(ConnectionFactoryOptions.SSL);
    if (ssl != null && Boolean.parseBoolean(ssl.toString())) {
      builder.set(TlsOptions.USE_SSL, true);
    }
    return builder.build();
  }

  /** Times go as milliseconds. */
  private static String print(Object value) {
    return value instanceof Duration time ? Long.toString(time.toMillis()) : value.toString();
  }

  private static String text(ConnectionFactoryOptions options, Option<String> option) {
    Object value = options.getValue(option);
    return value == null ? "" : value.toString();
  }

  /**
   * @throws OptionException where it is neither true nor false
   */
  private static boolean flag(ConnectionFactoryOptions options, Option<Boolean> option) {
    String value = String.valueOf(options.getValue(option));
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false", "null" -> false;
      default ->
          throw new OptionException(
              option.name(), option.name() + " is to be true or false, and is neither");
    };
  }

  private static @Nullable Duration duration(
      ConnectionFactoryOptions options, Option<Duration> option) {
    Object value = options.getValue(option);
    if (value == null || value instanceof Duration) {
      return (Duration) value;
    }
    return Duration.parse(value.toString());
  }
}
