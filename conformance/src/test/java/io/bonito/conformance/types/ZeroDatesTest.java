package io.bonito.conformance.types;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.protocol.option.ZeroDateTimeBehavior;
import io.bonito.testkit.server.Server;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Dates that no calendar has, by each policy and each way; their text is always the server's. */
@Tag("server")
@Timeout(120)
class ZeroDatesTest {
  private static final Map<String, LocalDate> ROUNDED =
      Map.of(
          "0000-00-00", LocalDate.of(1, 1, 1),
          "2024-00-10", LocalDate.of(2024, 1, 10),
          "2024-05-00", LocalDate.of(2024, 5, 1));

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void areRefusedUnlessTheApplicationChoosesOtherwise(Server server) throws Exception {
    check(server, ZeroDateTimeBehavior.EXCEPTION, date -> Getter.REFUSED);
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void areNullWhereTheApplicationChoosesSo(Server server) throws Exception {
    check(server, ZeroDateTimeBehavior.CONVERT_TO_NULL, date -> null);
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void areRoundedToTheNextDateWhereTheApplicationChoosesSo(Server server) throws Exception {
    check(server, ZeroDateTimeBehavior.ROUND, ROUNDED::get);
  }

  private static void check(
      Server server, ZeroDateTimeBehavior policy, Function<String, @Nullable Object> due)
      throws Exception {
    try (Ways ways = new Ways(server, "zero", policy)) {
      ways.first().run("SET sql_mode = ''");
      int table = 0;
      for (String type : List.of("DATE", "DATETIME", "DATETIME(6)", "TIMESTAMP(3) NULL")) {
        String name = "t" + table++;
        ways.first().run("CREATE TABLE " + name + " (id INT, v " + type + ")");
        // A TIMESTAMP is a point in time, or all zero.
        for (String date :
            type.startsWith("TIMESTAMP") ? List.of("0000-00-00") : ROUNDED.keySet()) {
          ways.first().run("DELETE FROM " + name);
          ways.first().run("INSERT INTO " + name + " VALUES (1, '" + date + "')");
          for (Way way : ways.all()) {
            List<Reading> readings =
                way.read("SELECT id, v, CAST(v AS CHAR), NULL FROM " + name + " WHERE 1 = 1");
            assertThat(readings).hasSize(1);
            Map<Getter, ?> outcomes = readings.get(0).outcomes();
            String what = date + " in a " + type + " by " + way;
            Object expected = due.apply(date);
            assertThat(outcomes.get(Getter.STRING)).as(what).isEqualTo(readings.get(0).text());
            assertThat(outcomes.get(Getter.LOCAL_DATE)).as(what).isEqualTo(expected);
            assertThat(outcomes.get(Getter.LOCAL_DATE_TIME)).as(what).isEqualTo(atStart(expected));
          }
        }
      }
    }
  }

  private static @Nullable Object atStart(@Nullable Object expected) {
    return expected instanceof LocalDate date ? date.atStartOfDay() : expected;
  }
}
