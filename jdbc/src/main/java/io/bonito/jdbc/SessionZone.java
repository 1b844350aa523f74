package io.bonito.jdbc;

import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Scheme;
import io.bonito.protocol.option.ZoneOptions;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The zone in which instants (Timestamp, java.util.Date, Calendar, Instant, OffsetDateTime,
 * ZonedDateTime) are written as the server's dates with times and read from them, whether the
 * column is DATETIME or TIMESTAMP: a parameter does not know which it is for. Local dates and times
 * go as they are.
 *
 * @param fixed null for the JVM's zone, whatever that is when a value is read
 * @param told what the session's time_zone is set to: an offset, or a name that the server may not
 *     know; empty to leave it alone
 */
record SessionZone(@Nullable ZoneId fixed, String told) {
  private static final String LOCAL = "LOCAL";
  private static final String SERVER = "SERVER";

  /**
   * What the options say.
   *
   * @param link where the server is asked, if the options want its own zone
   */
  static SessionZone of(ConnectionOptions options, Link link) throws SQLException {
    String named = options.get(ZoneOptions.CONNECTION_TIME_ZONE);
    boolean tells = options.get(ZoneOptions.FORCE_TO_SESSION);
    String formerly = options.get(ZoneOptions.TIME_ZONE);
    if (!formerly.isEmpty()
        && options.scheme() != Scheme.MYSQL
        && !options.isSet(ZoneOptions.CONNECTION_TIME_ZONE)) {
      named = formerly;
      tells = true;
    }
    if (named.equals(SERVER)) {
      // It must be asked for even where it does not count, so that a wrong one is told.
      ZoneId zone = zoneOfServer(link);
      return new SessionZone(options.get(ZoneOptions.PRESERVE_INSTANTS) ? zone : null, "");
    }
    ZoneId zone = named.equals(LOCAL) ? null : zone(named);
    String told = tells ? told(zone == null ? ZoneId.systemDefault() : zone) : "";
    return new SessionZone(options.get(ZoneOptions.PRESERVE_INSTANTS) ? zone : null, told);
  }

  /** The zone for a value that is read or written now. */
  ZoneId now() {
    return fixed == null ? ZoneId.systemDefault() : fixed;
  }

  /** Whether all servers understand it. */
  boolean isOffset() {
    return told.startsWith("+") || told.startsWith("-");
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

  private static ZoneId zoneOfServer(Link link) throws SQLException {
    String name = link.profile().timeZone();
    if (name.equals("SYSTEM")) {
      name = link.profile().systemTimeZone();
    }
    if (name.isEmpty()) {
      name = link.ask("SELECT IF(@@time_zone = 'SYSTEM', @@system_time_zone, @@time_zone)");
    }
    try {
      // Not the short names: CST is in America and in China.
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw SqlExceptions.misuse(
          "the server calls its zone '"
              + name
              + "', which may be any of several: write connectionTimeZone with a name such as"
              + " Europe/Berlin in place of SERVER");
    }
  }
}
