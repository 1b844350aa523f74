package io.bonito.conformance.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.ServerKind;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** On a rival's URL its options of zones do what they do in the rival itself. */
@Tag("server")
class ZonesBesideRivalsTest {
  private static final Instant AT = Instant.parse("2024-07-01T12:00:00.500Z");

  /** One line is the options of one connection, with | between them. */
  private static final List<String> OPTIONS =
      """
      useServerPrepStmts=false
      useServerPrepStmts=true
      connectionTimeZone=LOCAL
      connectionTimeZone=UTC
      connectionTimeZone=Asia/Tokyo
      connectionTimeZone=Asia/Tokyo|preserveInstants=true
      connectionTimeZone=Asia/Tokyo|preserveInstants=false
      connectionTimeZone=Asia/Tokyo|preserveInstants=true|useServerPrepStmts=true
      connectionTimeZone=SERVER|preserveInstants=true
      connectionTimeZone=+09:00|forceConnectionTimeZoneToSession=true
      connectionTimeZone=+09:00|forceConnectionTimeZoneToSession=true|preserveInstants=true
      connectionTimeZone=-03:30|forceConnectionTimeZoneToSession=true|preserveInstants=false
      timezone=+09:00
      timezone=disable
      serverTimezone=UTC
      serverTimezone=GMT+8
      """
          .lines()
          .toList();

  private final TimeZone before = TimeZone.getDefault();

  @AfterEach
  void putBack() {
    TimeZone.setDefault(before);
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void whatIsWrittenAndReadIsTheSame(Server server) throws SQLException {
    for (String zone : List.of("Europe/Berlin", "America/New_York", "Australia/Lord_Howe")) {
      TimeZone.setDefault(TimeZone.getTimeZone(zone));
      for (RivalDriver rival : comparable(server)) {
        for (String line : OPTIONS) {
          String[] options = line.split("\\|");
          // What MariaDB's driver does with an Instant then is its own mistake: all other classes
          // of instants are written and read in the other zone.
          boolean instants = rival == RivalDriver.MARIADB_CONNECTOR_J && !line.contains("=true");
          boolean calendars = rival == RivalDriver.CONNECTOR_J; // the other one takes none
          List<String> theirs;
          List<String> ours;
          try (Connection connection = rival.connect(server, "", options)) {
            theirs = told(connection, instants, calendars);
          }
          try (Connection connection = rival.connectOurs(server, "", options)) {
            ours = told(connection, instants, calendars);
          }
          assertThat(ours).as("%s in %s with %s", rival, zone, line).isEqualTo(theirs);
        }
      }
    }
  }

  /** Connector/J takes MariaDB 10 for MySQL 5.5.5, as its greeting says, and drops fractions. */
  private static List<RivalDriver> comparable(Server server) {
    return server.kind() == ServerKind.MARIADB_10_11
        ? List.of(RivalDriver.MARIADB_CONNECTOR_J)
        : List.of(RivalDriver.values());
  }

  private static List<String> told(Connection connection, boolean instants, boolean calendars)
      throws SQLException {
    List<String> told = new ArrayList<>();
    told.add(Jdbc.value(connection, "SELECT @@time_zone"));
    Jdbc.run(
        connection,
        "CREATE DATABASE IF NOT EXISTS zones",
        "USE zones",
        "CREATE TEMPORARY TABLE z (ts TIMESTAMP(6) NULL, dt DATETIME(6), d DATE, t TIME(6))");
    write(connection, instants, calendars, told);
    Jdbc.run(
        connection,
        "DELETE FROM z",
        "INSERT INTO z VALUES"
            + " ('2024-07-01 12:00:00.5', '2024-07-01 12:00:00.5', '2024-07-01', '12:00:00.5')");
    read(connection, instants, told);
    return told;
  }

  private static void write(
      Connection connection, boolean instants, boolean calendars, List<String> told)
      throws SQLException {
    Calendar tokyo = Calendar.getInstance(TimeZone.getTimeZone("Asia/Tokyo"));
    Calendar given = Calendar.getInstance(TimeZone.getTimeZone("Asia/Kathmandu"));
    given.setTimeInMillis(AT.toEpochMilli());
    List<Object> values =
        new ArrayList<>(
            List.of(
                Timestamp.from(AT),
                java.util.Date.from(AT),
                AT.atOffset(ZoneOffset.ofHours(3)),
                AT.atZone(ZoneId.of("America/Lima")),
                LocalDateTime.parse("2024-07-01T12:00:00.5")));
    if (instants) {
      values.add(AT);
    }
    if (calendars) {
      values.add(given);
    }
    for (Object value : values) {
      Jdbc.run(connection, "DELETE FROM z");
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO z (ts, dt, d, t) VALUES (?, ?, ?, ?)")) {
        insert.setObject(1, value);
        insert.setObject(2, value);
        insert.setDate(3, new Date(AT.toEpochMilli()));
        insert.setTime(4, Time.valueOf("11:12:13"));
        insert.executeUpdate();
        told.add(value.getClass() + row(connection));
        Jdbc.run(connection, "DELETE FROM z");
        insert.setTimestamp(1, Timestamp.from(AT), tokyo);
        insert.setTimestamp(2, Timestamp.from(AT), tokyo);
        insert.setDate(3, new Date(AT.toEpochMilli()), tokyo);
        insert.executeUpdate();
        told.add(row(connection));
      }
    }
  }

  private static String row(Connection connection) throws SQLException {
    return Jdbc.value(
        connection, "SELECT CONCAT_WS(' ', CAST(ts AS CHAR), CAST(dt AS CHAR), d, t) FROM z");
  }

  private static void read(Connection connection, boolean instants, List<String> told)
      throws SQLException {
    Calendar tokyo = Calendar.getInstance(TimeZone.getTimeZone("Asia/Tokyo"));
    try (PreparedStatement select =
        connection.prepareStatement("SELECT ts, dt, d, t FROM z WHERE 1 = ?")) {
      select.setInt(1, 1);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        for (int column = 1; column <= 2; column++) {
          told.add("Timestamp " + row.getTimestamp(column).toInstant());
          told.add("with calendar " + row.getTimestamp(column, tokyo).toInstant());
          told.add("offset " + row.getObject(column, OffsetDateTime.class).toInstant());
          told.add("zoned " + row.getObject(column, ZonedDateTime.class).toInstant());
          told.add("local " + row.getObject(column, LocalDateTime.class));
          if (instants) {
            told.add("instant " + row.getObject(column, Instant.class));
          }
        }
        told.add("date's timestamp " + row.getTimestamp(3).toInstant());
        told.add("date " + row.getDate(3).getTime());
        told.add("date with calendar " + row.getDate(3, tokyo).getTime());
        told.add("time with calendar " + row.getTime(4, tokyo).getTime());
      }
    }
  }
}
