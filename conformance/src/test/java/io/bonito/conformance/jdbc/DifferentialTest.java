package io.bonito.conformance.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.ServerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Statements through ours and through each rival, as text and prepared by the server: whatever they
 * tell otherwise must be a {@link KnownDifference}, and each of those must be met.
 */
@Tag("server")
class DifferentialTest {
  private static final List<String> SCRIPTS =
      List.of(
          "values",
          "functions",
          "nulls",
          "joins",
          "changes",
          "parameters",
          "procedures",
          "warnings",
          "errors");

  /** More would not be read. */
  private static final int MOST_TOLD = 40;

  private static final Path PAGE = Path.of("..", "docs", "differences.md");

  /** Those that the lists were made with; what others tell differs between their versions. */
  static Stream<Server> servers() {
    return io.bonito.testkit.server.Servers.selected()
        .filter(
            server ->
                server.kind() == ServerKind.MYSQL_8_0_33
                    || server.kind() == ServerKind.MARIADB_11_4);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("servers")
  void whatDiffersFromTheRivalsIsKnown(Server server) throws SQLException, IOException {
    List<Difference> unknown = new ArrayList<>();
    List<Difference> all = new ArrayList<>();
    Set<KnownDifference> met = EnumSet.noneOf(KnownDifference.class);
    for (RivalDriver rival : RivalDriver.values()) {
      for (DriverRun.Mode mode : DriverRun.Mode.values()) {
        for (String script : SCRIPTS) {
          for (Difference difference : differences(server, rival, mode, script)) {
            all.add(difference);
            KnownDifference known = KnownDifference.of(difference);
            if (known == null) {
              unknown.add(difference);
            } else {
              met.add(known);
            }
          }
        }
      }
    }
    write(server, all);
    assertThat(unknown.stream().limit(MOST_TOLD))
        .as("of %d differences, %d are not listed", all.size(), unknown.size())
        .isEmpty();
    Set<KnownDifference> due = EnumSet.noneOf(KnownDifference.class);
    for (KnownDifference known : KnownDifference.values()) {
      if (known.isDueOn(server.family())) {
        due.add(known);
      }
    }
    due.removeAll(met);
    assertThat(due).as("listed, and no longer so").isEmpty();
  }

  @Test
  void whatIsKnownToDifferStandsInTheDocumentation() throws IOException {
    String page = Files.readString(PAGE);
    for (KnownDifference known : KnownDifference.values()) {
      assertThat(page).as(known.name()).contains(known.quote());
    }
  }

  /** For whoever has to look at them: one line each, next to the test's own report. */
  private static void write(Server server, List<Difference> all) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Difference difference : all) {
      lines.add(KnownDifference.of(difference) + "\t" + difference.line());
    }
    Files.write(Path.of("target", "differences-" + server + ".tsv"), lines);
  }

  private static List<Difference> differences(
      Server server, RivalDriver rival, DriverRun.Mode mode, String script) throws SQLException {
    Map<String, String> theirs = told(server, rival, mode, script, /* ours= */ false);
    Map<String, String> ours = told(server, rival, mode, script, /* ours= */ true);
    Set<String> places = new LinkedHashSet<>(theirs.keySet());
    places.addAll(ours.keySet());
    assertThat(places).hasSizeGreaterThan(10);
    List<Difference> differences = new ArrayList<>();
    for (String place : places) {
      String our = String.valueOf(ours.get(place));
      String their = String.valueOf(theirs.get(place));
      if (!Objects.equals(our, their)) {
        differences.add(
            Difference.at(server.family(), rival, mode, script, place, our, their, ours, theirs));
      }
    }
    return differences;
  }

  private static Map<String, String> told(
      Server server, RivalDriver rival, DriverRun.Mode mode, String script, boolean ours)
      throws SQLException {
    String schema = "differential_" + script;
    try (var admin = server.admin()) {
      admin.execute("DROP DATABASE IF EXISTS " + schema);
      admin.execute("CREATE DATABASE " + schema + " CHARACTER SET utf8mb4");
    }
    String[] options = DriverRun.options(mode);
    try (Connection connection =
        ours
            ? rival.connectOurs(server, schema, options)
            : rival.connect(server, schema, options)) {
      return new DriverRun(connection, mode)
          .run(DifferentialScript.read(script), server.family())
          .all();
    }
  }
}
