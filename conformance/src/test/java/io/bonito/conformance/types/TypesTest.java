package io.bonito.conformance.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import io.bonito.conformance.types.SqlType.Value;
import io.bonito.protocol.value.WireFormat;
import io.bonito.testkit.server.Server;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of types and values, in and out by every way. */
@Tag("server")
@Timeout(300)
class TypesTest {
  /** Values are so far apart in their ids, so that each way in has one of its own. */
  private static final int PER_VALUE = 10;

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void everyValueGoesInAndComesOutUnharmedByEveryWay(Server server) throws Exception {
    try (Ways ways = new Ways(server, "types")) {
      List<SqlType> types = TypeTable.of(server.kind());
      List<Executable> each = new ArrayList<>();
      for (int i = 0; i < types.size(); i++) {
        String table = "t" + i;
        SqlType type = types.get(i);
        each.add(
            () -> {
              write(ways, table, type);
              read(ways, table, type);
            });
      }
      assertAll(each);
    }
  }

  /** By SQL first, then as a parameter by each way; and NULL, at the end. */
  private static void write(Ways ways, String table, SqlType type) throws Exception {
    ways.first()
        .run("CREATE TABLE " + table + " (id INT, v " + type.declaration() + ") ENGINE=MyISAM");
    List<Value> values = type.values();
    for (int i = 0; i < values.size(); i++) {
      int id = i * PER_VALUE;
      ways.first()
          .run("INSERT INTO " + table + " VALUES (" + id + ", " + values.get(i).literal() + ")");
      for (Way way : ways.all()) {
        id++;
        try {
          way.run("INSERT INTO " + table + " VALUES (" + id + ", ?)", values.get(i).natural());
        } catch (Exception e) {
          throw new AssertionError(type + " by " + way + ": " + values.get(i), e);
        }
      }
    }
    int id = values.size() * PER_VALUE;
    for (Way way : ways.all()) {
      way.run("INSERT INTO " + table + " VALUES (" + id + ", ?)", null);
      id++;
    }
  }

  /** What all have written is read by the first; what SQL has written is read by all. */
  private static void read(Ways ways, String table, SqlType type) throws Exception {
    String sql =
        "SELECT id, v, " + type.text() + ", " + type.bytes() + " FROM " + table + " WHERE id >= 0";
    List<Reading> written = ways.first().read(sql);
    assertThat(written).hasSize((type.values().size() + 1) * (ways.all().size() + 1) - 1);
    check(type, ways.first(), written);
    for (Way way : ways.all()) {
      List<Reading> readings = way.read(sql + " AND id % " + PER_VALUE + " = 0");
      check(type, way, readings);
      requireSame(type, way, written, readings);
    }
  }

  private static void check(SqlType type, Way way, List<Reading> readings) {
    for (Reading reading : readings) {
      String what = type + " by " + way + ", row " + reading.id();
      int index = reading.id() / PER_VALUE;
      if (index == type.values().size()) {
        assertThat(reading.outcomes()).as(what).isEmpty();
        assertThat(reading.natural()).as(what).isNull();
      } else {
        Expected.check(what, type.values().get(index), way.format(), reading);
      }
    }
  }

  /** All getters say the same in all ways; but a FLOAT has six digits in text. */
  private static void requireSame(
      SqlType type, Way way, List<Reading> written, List<Reading> readings) {
    if (type.declaration().equals("FLOAT") && way.format() == WireFormat.BINARY) {
      return;
    }
    assertThat(readings)
        .as("%s by %s", type, way)
        .extracting(Reading::outcomes)
        .containsExactlyElementsOf(
            written.stream()
                .filter(reading -> reading.id() % PER_VALUE == 0)
                .map(Reading::outcomes)
                .toList());
  }
}
