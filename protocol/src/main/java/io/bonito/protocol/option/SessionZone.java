package io.bonito.protocol.option;

import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The zone in which instants (Instant, OffsetDateTime, ZonedDateTime, and java.sql's Timestamp) are
 * written as the server's dates with times and read from them, whether the column is DATETIME or
 * TIMESTAMP: a parameter does not know which it is for. Local dates and times go as they are.
 *
 * @param fixed null for the JVM's zone, whatever that is when a value is read
 * @param told what the session's time_zone is set to: an offset, or a name that the server may not
 *     know; empty to leave it alone
 */
public record SessionZone(@Nullable ZoneId fixed, String told) {
  private static final String LOCAL = "LOCAL";
  private static final String SERVER = "SERVER";

  /** Beyond this some servers refuse an offset. */
  private static final int FARTHEST_OFFSET = 13 * 3600;

  /** Whether the options want the server's own zone, which it must be asked for. */
  public static boolean isServers(ConnectionOptions options) {
    return named(options).equals(SERVER);
  }

  /**
   * What the options say.
   *
   * @throws OptionException where they want the server's own zone, and nobody is there to ask it
   */
  public static SessionZone of(ConnectionOptions options) {
    if (isServers(options)) {
      throw serversNotAsked();
    }
    String named = named(options);
    ZoneId zone = named.equals(LOCAL) ? null : zone(named);
    boolean tells = isFormer(options) || options.get(ZoneOptions.FORCE_TO_SESSION);
    String told = tells ? told(zone == null ? ZoneId.systemDefault() : zone) : "";
    return new SessionZone(options.get(ZoneOptions.PRESERVE_INSTANTS) ? zone : null, told);
  }

  /** What who cannot ask a server for its zone says to those who want it. */
  public static OptionException serversNotAsked() {
    return new OptionException(
        ZoneOptions.CONNECTION_TIME_ZONE.name(),
        "connectionTimeZone=SERVER is understood by the JDBC driver alone, which asks the server"
            + " for it: name the zone here, for example Europe/Berlin or +02:00");
  }

  /** The same where the server's own zone is wanted and known. */
  public static SessionZone ofServer(ConnectionOptions options, ZoneId zone) {
    return new SessionZone(options.get(ZoneOptions.PRESERVE_INSTANTS) ? zone : null, "");
  }

  /** The zone for a value that is read or written now. */
  public ZoneId now() {
    return fixed == null ? ZoneId.systemDefault() : fixed;
  }

  /** Whether all servers understand it. */
  public boolean isUnderstoodByAll() {
    return (told.startsWith("+") || told.startsWith("-"))
        && Math.abs(ZoneOffset.of(told).getTotalSeconds() - 1) < FARTHEST_OFFSET;
  }

  private static String named(ConnectionOptions options) {
    return isFormer(options)
        ? options.get(ZoneOptions.TIME_ZONE)
        : options.get(ZoneOptions.CONNECTION_TIME_ZONE);
  }

  /** Whether MariaDB's former word counts. */
  private static boolean isFormer(ConnectionOptions options) {
    return !options.get(ZoneOptions.TIME_ZONE).isEmpty()
        && options.scheme() != Scheme.MYSQL
        && !options.isSet(ZoneOptions.CONNECTION_TIME_ZONE);
  }

  private static ZoneId zone(String name) {
    ZoneId zone = ZoneId.of(name, ZoneId.SHORT_IDS);
    // An offset is the same whatever it is called, and quicker to reckon with.
    return zone.normalized() instanceof ZoneOffset offset ? offset : zone;
  }

  private static String told(ZoneId zone) {
    ZoneId plain = zone.normalized();
    return plain.equals(ZoneOffset.UTC) ? "+00:00" : plain.getId();
  }
}
