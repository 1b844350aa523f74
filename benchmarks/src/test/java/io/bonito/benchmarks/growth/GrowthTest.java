package io.bonito.benchmarks.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.benchmarks.Contender;
import io.bonito.benchmarks.growth.contest.Place;
import io.bonito.benchmarks.growth.contest.Subject;
import io.bonito.benchmarks.growth.entrant.JdbcSubject;
import io.bonito.testkit.server.AdminConnection;
import io.bonito.testkit.server.Server;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GrowthTest {
  private static final Contender BONITO = named("bonito");
  private static final Contender RIVAL = named("mariadb");

  private static Contender named(String word) {
    return Contender.ALL.stream().filter(c -> c.word().equals(word)).findFirst().orElseThrow();
  }

  private static Reading reading(Contender contender, int size, double cpuNanos) {
    Reading reading = Reading.begin("a server, 1.0", Matter.ROWS, size, contender);
    reading.add(cpuNanos * 2, cpuNanos, 32);
    reading.add(cpuNanos * 4, cpuNanos, 32);
    reading.add(cpuNanos * 3, cpuNanos, 32);
    return reading;
  }

  private static final List<Reading> READINGS =
      List.of(
          reading(BONITO, 1000, 50),
          reading(RIVAL, 1000, 80),
          reading(BONITO, 10_000, 55),
          reading(RIVAL, 10_000, 200));

  @Test
  void theTableComparesEachDriverWithItselfAtTheFewest() {
    assertThat(GrowthReport.table(READINGS))
        .contains(
            "| 1,000 | Bonito | 150.0 | 50.0 | 32.0 | 1.00 |",
            "| 10,000 | Bonito | 165.0 | 55.0 | 32.0 | 1.10 |",
            "| 10,000 | MariaDB 4.0 | 600.0 | 200.0 | 32.0 | 2.50 |");
  }

  @Test
  void jsonHasEveryReadingWithTheNamesOfItsFigures() {
    assertThat(GrowthReport.json(Map.of("jdk", "17"), READINGS))
        .contains(
            "\"jdk\": \"17\"",
            "{\"server\": \"a server, 1.0\", \"matter\": \"rows\", \"size\": 10000,"
                + " \"contender\": \"mariadb\", \"nanos\": 600.00, \"cpuNanos\": 200.00,"
                + " \"bytes\": 32.00, \"growth\": 2.500}");
  }

  @Test
  void thePlotHasAGroupForEachSizeAndABarForEachDriver() {
    String svg = GrowthReport.svg(READINGS);

    assertThat(svg.split("<rect x=", -1)).hasSize(1 + READINGS.size());
    assertThat(svg).contains(">1,000 streamed rows", ">10,000 streamed rows");
  }

  @Test
  void sizesGoUpByTensToTheOneThatWasAskedFor() {
    assertThat(GrowthBench.upTo(1000)).containsExactly(1, 10, 100, 1000);
    assertThat(GrowthBench.upTo(25)).containsExactly(1, 10, 25);
    assertThat(GrowthBench.upTo(1)).containsExactly(1);
  }

  @Tag("server")
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aSubjectReadsExactlyTheRowsThatAreGenerated(Server server) throws Exception {
    try (Subject subject = new JdbcSubject(place(server))) {
      assertThat(subject.stream(Growth.generated(12_345), 12_345).bytes()).isPositive();
      assertThatThrownBy(() -> subject.stream(Growth.generated(100), 99))
          .hasMessage("found 100 rows where 99 were due");
      assertThat(subject.query("SELECT 1, 2", 1, 2, 1).nanos()).isPositive();
    }
  }

  @Tag("server")
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void idleConnectionsAreThereUntilTheyAreClosed(Server server) throws Exception {
    try (Subject subject = new JdbcSubject(place(server));
        AdminConnection admin = server.admin()) {
      String mine = "SELECT COUNT(*) FROM information_schema.processlist WHERE db = 'growth_idle'";
      admin.execute("CREATE DATABASE IF NOT EXISTS growth_idle");
      Place inSchema = new Place(place(server).driver(), urlIn(server, "growth_idle"), 1000);
      try (Subject idling = new JdbcSubject(inSchema)) {
        idling.openIdle(3);
        assertThat(admin.value(mine)).isEqualTo("4");
        idling.closeIdle();
        idling.openIdle(1);
      }
      assertThat(subject.query("SELECT 1", 1, 1, 1).nanos()).isPositive();
    }
  }

  private static Place place(Server server) {
    return new Place(BONITO.driver(), urlIn(server, ""), BONITO.streamingFetchSize());
  }

  private static String urlIn(Server server, String schema) {
    return BONITO
        .plainUrl(server.host(), server.port(), "user=" + server.user())
        .replace("/?", "/" + schema + "?");
  }
}
