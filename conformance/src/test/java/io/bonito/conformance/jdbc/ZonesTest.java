package io.bonito.conformance.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.testkit.server.Server;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hours that clocks skip or show twice, in the zone of the JVM. */
@Tag("server")
class ZonesTest {
  /**
   * A zone, a time in its gap and one in its overlap, and the instants they mean: behind the gap as
   * far as the time lies in it, and the earlier of the two.
   */
  private record Case(String zone, String gap, String afterGap, String overlap, String earlier) {}

  private static final List<Case> CASES =
      List.of(
          new Case(
              "Europe/Berlin",
              "2024-03-31T02:30",
              "2024-03-31T01:30:00Z",
              "2024-10-27T02:30",
              "2024-10-27T00:30:00Z"),
          new Case(
              "America/New_York",
              "2024-03-10T02:30",
              "2024-03-10T07:30:00Z",
              "2024-11-03T01:30",
              "2024-11-03T05:30:00Z"),
          new Case(
              "Australia/Lord_Howe",
              "2024-10-06T02:15",
              "2024-10-05T15:45:00Z",
              "2024-04-07T01:45",
              "2024-04-06T14:45:00Z"));

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void allClassesAgreeOnTheInstant(Server server) throws SQLException {
    TimeZone before = TimeZone.getDefault();
    try (Connection connection = Jdbc.connect(server, "")) {
      for (Case each : CASES) {
        TimeZone.setDefault(TimeZone.getTimeZone(each.zone()));
        for (boolean gap : new boolean[] {true, false}) {
          LocalDateTime local = LocalDateTime.parse(gap ? each.gap() : each.overlap());
          Instant due = Instant.parse(gap ? each.afterGap() : each.earlier());
          assertThat(instants(connection, local))
              .as("%s in %s", local, each.zone())
              .containsOnly(due);
        }
      }
    } finally {
      TimeZone.setDefault(before);
    }
  }

  private static List<Instant> instants(Connection connection, LocalDateTime local)
      throws SQLException {
    List<Instant> instants = new ArrayList<>();
    for (String sql :
        new String[] {
          "SELECT CAST(? AS DATETIME(6))", "SELECT CAST('" + local + "' AS DATETIME)"
        }) {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        if (sql.contains("?")) {
          statement.setObject(1, local);
        }
        try (ResultSet rows = statement.executeQuery()) {
          rows.next();
          assertThat(rows.getObject(1, LocalDateTime.class)).isEqualTo(local);
          assertThat(rows.getString(1)).startsWith(local.toString().replace('T', ' '));
          instants.add(rows.getTimestamp(1).toInstant());
          instants.add(((Timestamp) rows.getObject(1)).toInstant());
          instants.add(rows.getObject(1, Instant.class));
          instants.add(rows.getObject(1, OffsetDateTime.class).toInstant());
          instants.add(rows.getObject(1, ZonedDateTime.class).toInstant());
          instants.add(rows.getObject(1, java.util.Date.class).toInstant());
        }
      }
    }
    return instants;
  }

  /**
   * What is sent comes back, but for the second of two equal hours, which the server cannot hold.
   */
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void instantsComeBack(Server server) throws SQLException {
    TimeZone before = TimeZone.getDefault();
    try (Connection connection = Jdbc.connect(server, "")) {
      for (Case each : CASES) {
        TimeZone.setDefault(TimeZone.getTimeZone(each.zone()));
        for (String text :
            List.of(each.afterGap(), each.earlier(), "2024-07-01T12:00:00.123456Z")) {
          Instant instant = Instant.parse(text);
          try (PreparedStatement fresh =
              connection.prepareStatement(
                  "SELECT CAST(? AS DATETIME(6)), CAST(? AS DATETIME(6))")) {
            fresh.setTimestamp(1, Timestamp.from(instant));
            fresh.setObject(2, instant.atZone(ZoneId.of("Asia/Tokyo")));
            try (ResultSet rows = fresh.executeQuery()) {
              rows.next();
              assertThat(rows.getTimestamp(1).toInstant()).isEqualTo(instant);
              assertThat(rows.getObject(2, Instant.class)).isEqualTo(instant);
            }
          }
        }
      }
    } finally {
      TimeZone.setDefault(before);
    }
  }
}
