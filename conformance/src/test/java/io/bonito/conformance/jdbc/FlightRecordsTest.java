package io.bonito.conformance.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.testkit.server.Server;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a flight recording has of connections and statements. */
@Tag("server")
@Timeout(180)
class FlightRecordsTest {
  @TempDir private Path folder;

  private interface Life {
    void live() throws Exception;
  }

  private List<RecordedEvent> recorded(String name, boolean threshold, Life life) throws Exception {
    try (Recording recording = new Recording()) {
      var settings = recording.enable("io.bonito.jdbc." + name);
      if (!threshold) {
        settings.withoutThreshold();
      }
      recording.start();
      life.live();
      recording.stop();
      Path file = folder.resolve(name + threshold + ".jfr");
      recording.dump(file);
      // Others are recorded too, unless they are switched off.
      return RecordingFile.readAllEvents(file).stream()
          .filter(event -> event.getEventType().getName().equals("io.bonito.jdbc." + name))
          .toList();
    }
  }

  private static List<RecordedEvent> of(List<RecordedEvent> events, String field, Object value) {
    return events.stream().filter(event -> value.equals(event.getValue(field))).toList();
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void connectingIsRecordedAndWhyItFails(Server server) throws Exception {
    String schema = server.freshSchema(FlightRecordsTest.class);
    List<RecordedEvent> events =
        recorded(
            "Connect",
            true,
            () -> {
              Jdbc.connect(server, schema).close();
              assertThatThrownBy(
                      () ->
                          DriverManager.getConnection(
                              Jdbc.url(server, schema), server.user(), "wrong"))
                  .isInstanceOf(SQLException.class);
            });
    List<RecordedEvent> ours = of(events, "database", schema);
    assertThat(ours).hasSize(2);
    RecordedEvent opened = ours.get(0);
    assertThat(opened.getString("server")).isEqualTo(server.host() + ":" + server.port());
    assertThat(opened.getString("version")).isNotEmpty();
    assertThat(opened.getLong("connection")).isPositive();
    assertThat(opened.getString("failure")).isNull();
    assertThat(opened.getDuration().toNanos()).isPositive();
    RecordedEvent refused = ours.get(1);
    assertThat(refused.getInt("errorCode")).isEqualTo(1045);
    assertThat(refused.getString("sqlState")).isEqualTo("28000");
    assertThat(refused.getString("failure")).contains("denied").doesNotContain("wrong");
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void statementsAreRecordedWithoutTheirValues(Server server) throws Exception {
    String schema = server.freshSchema(FlightRecordsTest.class);
    List<RecordedEvent> events =
        recorded(
            "Statement",
            false,
            () -> {
              try (Connection connection = Jdbc.connect(server, schema)) {
                Jdbc.run(connection, "CREATE TABLE t (id INT PRIMARY KEY)");
                try (PreparedStatement prepared =
                    connection.prepareStatement("INSERT INTO t VALUES (?)")) {
                  prepared.setInt(1, 1);
                  prepared.execute();
                  assertThatThrownBy(prepared::execute).isInstanceOf(SQLException.class);
                  for (int i = 2; i < 12; i++) {
                    prepared.setInt(1, i);
                    prepared.addBatch();
                  }
                  prepared.executeBatch();
                }
                Jdbc.value(connection, "SELECT COUNT(*) FROM t WHERE id <> 4711");
              }
            });
    List<RecordedEvent> ours = of(events, "database", schema);
    assertThat(ours).hasSize(5);
    assertThat(ours)
        .extracting(event -> event.getString("sql"))
        .containsExactly(
            "CREATE TABLE t (id INT PRIMARY KEY)",
            "INSERT INTO t VALUES (?)",
            "INSERT INTO t VALUES (?)",
            "INSERT INTO t VALUES (?)",
            "SELECT COUNT(*) FROM t WHERE id <> ?");
    assertThat(ours)
        .extracting(event -> event.getLong("rows"))
        .containsExactly(0L, 1L, 0L, 10L, 1L);
    assertThat(ours).extracting(event -> event.getInt("commands")).containsExactly(1, 1, 1, 10, 1);
    assertThat(ours)
        .extracting(event -> event.getBoolean("prepared"))
        .containsExactly(false, true, true, true, false);
    assertThat(ours)
        .allMatch(event -> event.getString("server").equals(server.host() + ":" + server.port()))
        .allMatch(event -> event.getStackTrace() != null)
        .allMatch(event -> event.getDuration().toNanos() > 0);
    RecordedEvent refused = ours.get(2);
    assertThat(refused.getInt("errorCode")).isEqualTo(1062);
    assertThat(refused.getString("sqlState")).isEqualTo("23000");
    assertThat(refused.getString("failure")).isEqualTo("SQLIntegrityConstraintViolationException");
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void whereNothingIsSaidOnlyLongOnesAreRecorded(Server server) throws Exception {
    String schema = server.freshSchema(FlightRecordsTest.class);
    List<RecordedEvent> events =
        recorded(
            "Statement",
            true,
            () -> {
              try (Connection connection = Jdbc.connect(server, schema)) {
                Jdbc.run(connection, "DO SLEEP(0.2)");
              }
            });
    assertThat(of(events, "database", schema))
        .singleElement()
        .satisfies(event -> assertThat(event.getString("sql")).isEqualTo("DO SLEEP(?)"));
  }
}
