package io.bonito.conformance.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.testkit.server.Server;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
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

/** Which instant a date with a time means, in three zones of the JVM, and which zone says so. */
@Tag("server")
class ZonesTest {
  /**
   * A zone, a time in its gap and one in its overlap, and the instants they mean there: behind the
   * gap as far as the time lies in it, and either of the two.
   */
  private record Case(
      String zone, String gap, String afterGap, String overlap, String earlier, String later) {}

  private static final List<Case> CASES =
      List.of(
          new Case(
              "Europe/Berlin",
              "2024-03-31T02:30",
              "2024-03-31T01:30:00Z",
              "2024-10-27T02:30",
              "2024-10-27T00:30:00Z",
              "2024-10-27T01:30:00Z"),
          new Case(
              "America/New_York",
              "2024-03-10T02:30",
              "2024-03-10T07:30:00Z",
              "2024-11-03T01:30",
              "2024-11-03T05:30:00Z",
              "2024-11-03T06:30:00Z"),
          new Case(
              "Australia/Lord_Howe",
              "2024-10-06T02:15",
              "2024-10-05T15:45:00Z",
              "2024-04-07T01:45",
              "2024-04-06T14:45:00Z",
              "2024-04-06T15:15:00Z"));

  private static final String[] BINARY_AND_TEXT = {
    "useServerPrepStmts=true", "useServerPrepStmts=false"
  };

  private static final Instant SUMMER = Instant.parse("2024-07-01T12:00:00.123456Z");

  private final TimeZone before = TimeZone.getDefault();

  @AfterEach
  void putBack() {
    TimeZone.setDefault(before);
  }

  private interface Body {
    void run(Connection connection, Case each) throws SQLException;
  }

  /** In all zones, and by both forms of the protocol. */
  private static void everywhere(Server server, String prefix, Body body) throws SQLException {
    for (String form : BINARY_AND_TEXT) {
      for (Case each : CASES) {
        TimeZone.setDefault(TimeZone.getTimeZone(each.zone()));
        try (Connection connection = connect(server, prefix, form)) {
          Jdbc.run(
              connection,
              "CREATE DATABASE IF NOT EXISTS zones",
              "USE zones",
              "CREATE TEMPORARY TABLE z (ts TIMESTAMP(6) NULL, dt DATETIME(6), d DATE, t TIME(6))");
          body.run(connection, each);
        }
      }
    }
  }

  private static Connection connect(Server server, String prefix, String... options)
      throws SQLException {
    String url = Jdbc.url(server, "", options).replace("jdbc:bonito:", prefix);
    return java.sql.DriverManager.getConnection(url, server.user(), server.password());
  }

  private static void insert(Connection connection, Object ts, Object dt) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO z (ts, dt) VALUES (?, ?)")) {
      insert.setObject(1, ts);
      insert.setObject(2, dt);
      insert.executeUpdate();
    }
  }

  private interface Look {
    void at(ResultSet row) throws SQLException;
  }

  /** Shows the row to somebody, and takes it away. */
  private static void look(Connection connection, Look look) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT ts, dt, d, t, CAST(ts AS CHAR), CAST(dt AS CHAR) FROM z WHERE 1 = ?")) {
      select.setInt(1, 1);
      try (ResultSet rows = select.executeQuery()) {
        assertThat(rows.next()).isTrue();
        look.at(rows);
      }
    }
    Jdbc.run(connection, "DELETE FROM z");
  }

  private static List<Instant> instants(ResultSet row, int column) throws SQLException {
    List<Instant> instants = new ArrayList<>();
    instants.add(row.getTimestamp(column).toInstant());
    instants.add(((Timestamp) row.getObject(column)).toInstant());
    instants.add(row.getObject(column, Timestamp.class).toInstant());
    instants.add(row.getObject(column, Instant.class));
    instants.add(row.getObject(column, OffsetDateTime.class).toInstant());
    instants.add(row.getObject(column, ZonedDateTime.class).toInstant());
    return instants;
  }

  // ---- jdbc:bonito:

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void ownUrlsKeepEveryInstantInEveryClassWhereverTheJvmIs(Server server) throws SQLException {
    everywhere(
        server,
        "jdbc:bonito:",
        (connection, each) -> {
          assertThat(Jdbc.value(connection, "SELECT @@time_zone")).isEqualTo("+00:00");
          for (Instant instant :
              List.of(
                  SUMMER,
                  Instant.parse(each.afterGap()),
                  Instant.parse(each.earlier()),
                  Instant.parse(each.later()))) {
            LocalDateTime utc = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
            Calendar calendar = Calendar.getInstance(TimeZone.getTimeZone("Asia/Tokyo"));
            calendar.setTimeInMillis(instant.toEpochMilli());
            for (Object given :
                new Object[] {
                  Timestamp.from(instant),
                  instant,
                  instant.atOffset(ZoneOffset.ofHours(-5)),
                  instant.atZone(ZoneId.of("Asia/Tokyo")),
                  java.util.Date.from(instant),
                  calendar
                }) {
              boolean millis =
                  given instanceof Calendar || given.getClass() == java.util.Date.class;
              Instant due = millis ? Instant.ofEpochMilli(instant.toEpochMilli()) : instant;
              insert(connection, given, given);
              look(
                  connection,
                  row -> {
                    assertThat(instants(row, 1)).as("TIMESTAMP of %s", given).containsOnly(due);
                    assertThat(instants(row, 2)).as("DATETIME of %s", given).containsOnly(due);
                    assertThat(LocalDateTime.parse(row.getString(5).replace(' ', 'T')))
                        .isEqualTo(LocalDateTime.ofInstant(due, ZoneOffset.UTC));
                    assertThat(row.getString(6)).isEqualTo(row.getString(5));
                    if (!millis) {
                      assertThat(row.getObject(1, LocalDateTime.class)).isEqualTo(utc);
                    }
                  });
            }
          }
        });
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void localDatesAndTimesGoAsTheyAre(Server server) throws SQLException {
    for (String prefix :
        new String[] {"jdbc:bonito:", "jdbc:bonito:mysql:", "jdbc:bonito:mariadb:"}) {
      everywhere(
          server,
          prefix,
          (connection, each) -> {
            for (String text : List.of(each.gap(), each.overlap(), "2024-07-01T12:00:00.5")) {
              LocalDateTime local = LocalDateTime.parse(text);
              insert(connection, null, local);
              try (PreparedStatement update =
                  connection.prepareStatement("UPDATE z SET d = ?, t = ?")) {
                update.setDate(1, Date.valueOf(local.toLocalDate()));
                update.setTime(2, Time.valueOf(local.toLocalTime().withNano(0)));
                update.executeUpdate();
              }
              look(
                  connection,
                  row -> {
                    assertThat(row.getObject(2, LocalDateTime.class)).isEqualTo(local);
                    assertThat(row.getString(6)).startsWith(text.replace('T', ' '));
                    assertThat(row.getDate(3)).isEqualTo(Date.valueOf(local.toLocalDate()));
                    assertThat(row.getObject(3, LocalDate.class)).isEqualTo(local.toLocalDate());
                    assertThat(row.getTimestamp(3))
                        .isEqualTo(Timestamp.valueOf(local.toLocalDate().atStartOfDay()));
                    LocalTime time = local.toLocalTime().withNano(0);
                    assertThat(row.getTime(4)).isEqualTo(Time.valueOf(time));
                    assertThat(row.getObject(4, LocalTime.class)).isEqualTo(time);
                  });
            }
          });
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aCalendarsZoneRulesOverAllOthers(Server server) throws SQLException {
    everywhere(
        server,
        "jdbc:bonito:",
        (connection, each) -> {
          Calendar tokyo = Calendar.getInstance(TimeZone.getTimeZone("Asia/Tokyo"));
          try (PreparedStatement insert =
              connection.prepareStatement("INSERT INTO z (ts, dt, d, t) VALUES (?, ?, ?, ?)")) {
            insert.setTimestamp(1, Timestamp.from(SUMMER), tokyo);
            insert.setTimestamp(2, Timestamp.from(SUMMER), tokyo);
            insert.setDate(
                3, new Date(Instant.parse("2024-07-01T20:00:00Z").toEpochMilli()), tokyo);
            insert.setTime(4, new Time(SUMMER.toEpochMilli()), tokyo);
            insert.executeUpdate();
          }
          look(
              connection,
              row -> {
                assertThat(row.getString(5)).isEqualTo("2024-07-01 21:00:00.123456");
                assertThat(row.getString(6)).isEqualTo("2024-07-01 21:00:00.123456");
                assertThat(row.getString(3)).isEqualTo("2024-07-02");
                assertThat(row.getString(4)).isEqualTo("21:00:00.123000");
                assertThat(row.getTimestamp(1, tokyo).toInstant()).isEqualTo(SUMMER);
                assertThat(row.getTimestamp(2, tokyo).toInstant()).isEqualTo(SUMMER);
                assertThat(Instant.ofEpochMilli(row.getDate(3, tokyo).getTime()))
                    .isEqualTo(Instant.parse("2024-07-01T15:00:00Z"));
                assertThat(Instant.ofEpochMilli(row.getTime(4, tokyo).getTime()))
                    .isEqualTo(Instant.parse("1970-01-01T12:00:00.123Z"));
              });
        });
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void datesOfOldCalendarsShowTheSameDay(Server server) throws SQLException {
    everywhere(
        server,
        "jdbc:bonito:",
        (connection, each) -> {
          Jdbc.run(connection, "INSERT INTO z (dt) VALUES ('0001-01-01 12:00:00')");
          look(
              connection,
              row -> {
                Timestamp at = row.getTimestamp(2);
                insert(connection, null, at);
                ZoneId own = ZoneId.systemDefault();
                assertThat(at.toLocalDateTime())
                    .isEqualTo(
                        LocalDateTime.parse("0001-01-01T12:00")
                            .atOffset(ZoneOffset.UTC)
                            .atZoneSameInstant(own)
                            .toLocalDateTime());
              });
          insert(connection, null, Timestamp.valueOf("0001-01-01 12:00:00"));
          look(
              connection,
              row ->
                  assertThat(row.getTimestamp(2))
                      .isEqualTo(Timestamp.valueOf("0001-01-01 12:00:00")));
        });
  }

  // ---- the rivals' schemes

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void underRivalsUrlsTheSessionIsLeftAloneAndTheZoneIsTheJvms(Server server) throws SQLException {
    String usual;
    try (Connection connection = RivalDriver.MARIADB_CONNECTOR_J.connect(server, "")) {
      usual = Jdbc.value(connection, "SELECT @@time_zone");
    }
    for (String prefix : new String[] {"jdbc:bonito:mysql:", "jdbc:bonito:mariadb:"}) {
      everywhere(
          server,
          prefix,
          (connection, each) -> {
            assertThat(Jdbc.value(connection, "SELECT @@time_zone")).isEqualTo(usual);
            for (boolean gap : new boolean[] {true, false}) {
              LocalDateTime local = LocalDateTime.parse(gap ? each.gap() : each.overlap());
              Instant due = Instant.parse(gap ? each.afterGap() : each.earlier());
              insert(connection, null, local);
              look(
                  connection,
                  row ->
                      assertThat(instants(row, 2))
                          .as("%s in %s", local, each.zone())
                          .containsOnly(due));
            }
          });
    }
  }

  /** What is sent comes back, but for the second of two equal hours, which has no text there. */
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void underRivalsUrlsInstantsComeBack(Server server) throws SQLException {
    everywhere(
        server,
        "jdbc:bonito:mysql:",
        (connection, each) -> {
          for (Instant instant :
              List.of(Instant.parse(each.afterGap()), Instant.parse(each.earlier()), SUMMER)) {
            insert(connection, null, instant.atZone(ZoneId.of("Asia/Tokyo")));
            look(connection, row -> assertThat(instants(row, 2)).containsOnly(instant));
            insert(connection, null, Timestamp.from(instant));
            look(connection, row -> assertThat(instants(row, 2)).containsOnly(instant));
          }
        });
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aZoneThatTheServerRefusesEndsTheLogin(Server server) {
    assertThatThrownBy(() -> Jdbc.connect(server, "", "connectionTimeZone=Antarctica/Troll"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("Antarctica/Troll");
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void anOffsetIsToldTogetherWithTheFirstStatement(Server server) throws SQLException {
    try (Connection connection = Jdbc.connect(server, "", "connectionTimeZone=GMT%2B09:30")) {
      assertThat(Jdbc.value(connection, "SELECT @@time_zone")).isEqualTo("+09:30");
      assertThat(connection.isValid(5)).isTrue();
    }
  }
}
