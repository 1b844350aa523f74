package io.bonito.pool.argument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.pool.kind.PoolKind;
import io.bonito.pool.kind.PoolKinds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PoolArgumentsTest {
  private static final Path PAGE = Path.of("..", "docs", "pools.md");

  @Test
  void namesAreComparedWithoutCaseAndPunctuation() {
    for (String name : new String[] {"pool_size", "poolSize", "POOL-SIZE", "pool.size"}) {
      assertThat(PoolArguments.of(Map.of(name, "7")).get(Arguments.POOL_SIZE)).isEqualTo(7);
    }
  }

  @Test
  void namesOfHikariCpMeanTheSameInTheirOwnUnits() {
    PoolArguments arguments =
        PoolArguments.of(Map.of("maximumPoolSize", "12", "connectionTimeout", "1500"));
    assertThat(arguments.get(Arguments.TIMEOUT)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(1500));
    assertThat(PoolKinds.settings("p", arguments).limit()).isEqualTo(12);
  }

  @Test
  void aWrongNameFailsWithTheRightOnes() {
    assertThatThrownBy(() -> PoolArguments.of(Map.of("pool_sise", "7")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pool_sise")
        .hasMessageContaining("pool_size");
  }

  @Test
  void aWrongValueFailsWithWhatItMayBe() {
    assertThatThrownBy(() -> PoolArguments.of(Map.of("reset_on_return", "maybe")))
        .hasMessage("reset_on_return is \"maybe\"; it may be: rollback, commit, none");
    assertThatThrownBy(() -> PoolKinds.named("HikariPool")).hasMessageContaining("QueuePool");
  }

  @Test
  void twoNamesOfOneArgumentMustAgree() {
    assertThatThrownBy(() -> PoolArguments.of(Map.of("timeout", "30", "connectionTimeout", "1500")))
        .hasMessageContaining("say different things of timeout");
  }

  @Test
  void thePageSaysWhatTheDeclarationsSay() throws IOException {
    if (Boolean.getBoolean("bonito.print")) {
      Files.writeString(PAGE, page());
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page());
  }

  private static String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # Pools

            <!-- Printed from the declarations in io.bonito.pool.argument; PoolArgumentsTest compares. -->

            `PooledDataSource.over(connector, arguments)` lends connections of any driver. Names are compared
            without case, `_`, `-` and `.`; a wrong name or value fails at once. Durations are seconds, or have
            a unit: `119`, `500ms`, `30s`, `10m`; HikariCP's names take milliseconds, as there.

            `pool_class` is one of:\
            """);
    page.append(' ');
    page.append(
        PoolKinds.all().stream()
            .map(PoolKind::name)
            .map(name -> "`" + name + "`")
            .collect(Collectors.joining(", ")));
    page.append(", or a `PoolKind` that `META-INF/services` names.\n\n");
    page.append("| argument | value | default | also called | |\n|---|---|---|---|---|\n");
    for (Argument<?> argument : Arguments.all()) {
      String aliases =
          argument.aliases().stream()
              .map(alias -> "`" + alias.name() + "` (" + alias.whose() + ")")
              .collect(Collectors.joining(", "));
      page.append(
          "| `%s` | %s | %s | %s | %s |%n"
              .formatted(
                  argument.name(), argument.type(), shown(argument), aliases, argument.help()));
    }
    return page.toString();
  }

  private static String shown(Argument<?> argument) {
    Object value = argument.defaultValue();
    if (value instanceof Long nanos) {
      return nanos == Arguments.NEVER ? "-1" : String.valueOf(nanos / 1e9);
    }
    if (value.equals(Integer.MAX_VALUE)) {
      return "any";
    }
    return value.equals("") ? "" : "`" + value + "`";
  }
}
