package io.bonito.protocol.option;

import static io.bonito.protocol.option.OptionGroup.VALUES;
import static io.bonito.protocol.option.OptionType.BOOLEAN;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The options that say which instant a date with a time is; part of {@link Options#all}. */
public final class ZoneOptions {
  // First, because each declaration below adds itself.
  private static final List<Option<?>> ALL = new ArrayList<>();

  public static final Option<String> CONNECTION_TIME_ZONE =
      declare(
              "connectionTimeZone",
              VALUES,
              OptionType.ZONE,
              "+00:00",
              "The zone in which instants are written and read, in DATETIME and TIMESTAMP alike."
                  + " LOCAL: the JVM's, SERVER: the server's.")
          .connectorJ("connectionTimeZone", "serverTimezone")
          .mariaDb("connectionTimeZone", "serverTimezone")
          .defaultFor(Scheme.MYSQL, OptionType.LOCAL_ZONE)
          .defaultFor(Scheme.MARIADB, OptionType.LOCAL_ZONE);

  public static final Option<Boolean> FORCE_TO_SESSION =
      declare(
              "forceConnectionTimeZoneToSession",
              VALUES,
              BOOLEAN,
              true,
              "Whether the session's time_zone is set to connectionTimeZone, so that TIMESTAMP is"
                  + " exact. A zone by name is something that a server without its tables of zones"
                  + " refuses; an offset is not.")
          .connectorJ()
          .mariaDb()
          .defaultFor(Scheme.MYSQL, false)
          .defaultFor(Scheme.MARIADB, false);

  public static final Option<Boolean> PRESERVE_INSTANTS =
      declare(
              "preserveInstants",
              VALUES,
              BOOLEAN,
              true,
              "Whether connectionTimeZone counts for values; false: instants are written and read in"
                  + " the JVM's zone.")
          .connectorJ()
          .mariaDb()
          .defaultFor(Scheme.MARIADB, false);

  public static final Option<String> TIME_ZONE =
      declare(
              "timezone",
              VALUES,
              OptionType.FORMER_ZONE,
              "",
              "Former word: the session's time_zone; values are not affected by it under jdbc:mariadb:."
                  + " The newer connectionTimeZone has preference.")
          .mariaDb();

  private ZoneOptions() {}

  static List<Option<?>> all() {
    return Collections.unmodifiableList(ALL);
  }

  private static <T> Option<T> declare(
      String name, OptionGroup group, OptionType<T> type, T defaultValue, String help) {
    Option<T> option = new Option<>(name, group, type, defaultValue, help);
    ALL.add(option);
    return option;
  }
}
