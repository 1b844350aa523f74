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

            A program that has a URL and nothing else gets a pool by it, over any driver:

                jdbc:bonito:pool:mysql://db/shop?poolClass=QueuePool&pool_size=10&useSSL=true

            `jdbc:bonito:pool:` is followed by the driver's own URL without its `jdbc:`. Of the parameters after
            the last `?`, those that are arguments of a pool are the pool's and the others the driver's. Connections
            with the same arguments, in whatever order, come from one pool; a parameter that neither the driver nor
            the pool knows and that is within two letters of an argument fails. Without a change to the URL, the
            process may say it (a URL's own arguments prevail, then system properties, then the environment):

                MYSQLPOOL_BACKEND=QueuePool
                MYSQLPOOL_ARGUMENTS={"pool_size": 10, "use_threadlocal": false}
                MYSQLPOOL_ARGUMENTS_TIMEOUT=5

            What a thread has forgotten to close goes back at the end of `AutoCloseDb.run(task)`; an executor's
            tasks are wrapped by `AutoCloseDb.wrap(executor)`. All pools of a process together keep to
            `bonito.budget.connections` (system property) or `BONITO_BUDGET_CONNECTIONS`, as the server counts. Over Bonito's driver that
            counts connections without a pool too, and one permit is kept for those that cancel statements.

            A connection is closed before it has rested for the server's `wait_timeout`, which is read when it is
            opened; where a server does not say it, before 119 s. `Epoch.advance()` tells that this process is a copy
            of another: what is open is abandoned without a word on the wire. Under CRaC that is done by itself.

            ## Who holds what

            Over Bonito, Connector/J and MariaDB Connector/J, a pool made by a URL tells the server who connects
            (connect attributes; what `connectionAttributes` says already is kept). This names the processes and
            the pools that have most connections. MariaDB answers it when started with `performance_schema=ON`:

            ```sql
            SELECT program_name, host, pid, pool_name, pool_kind, COUNT(*) AS connections
              FROM (SELECT MAX(CASE attr_name WHEN 'program_name' THEN attr_value END) AS program_name,
                           MAX(threads.processlist_host) AS host,
                           MAX(CASE attr_name WHEN 'pid' THEN attr_value END) AS pid,
                           MAX(CASE attr_name WHEN 'pool_name' THEN attr_value END) AS pool_name,
                           MAX(CASE attr_name WHEN 'pool_kind' THEN attr_value END) AS pool_kind
                      FROM performance_schema.session_connect_attrs AS attributes
                      JOIN performance_schema.threads ON threads.processlist_id = attributes.processlist_id
                     GROUP BY attributes.processlist_id) AS connected
             GROUP BY program_name, host, pid, pool_name, pool_kind
             ORDER BY connections DESC
            ```

            Who waits in vain is told why: the server cannot be reached (and since when), it has no room, all are
            held (by which thread, for how long, executing or resting, after which statement, and where that thread
            is now), opening takes too long, or other pools use the budget. `Exhaustion.of(exception)` has it as an
            object. If all holders wait for another connection themselves, the one that completes the circle is told
            at once. After somebody has waited in vain, each loan remembers for a minute where it was made (`trace`).
            The log `io.bonito.pool` has it too, once in ten seconds.

            `leak` reports loans that take long, and whether they execute. `echo` writes to the log what is opened
            and closed, and why. `register_mbeans` gives JMX a bean under HikariCP's names, by which sizes, durations
            and the time to wait can be changed while the pool works. Flight Recorder has the events
            `io.bonito.pool.BorrowWait`, `Open`, `Close`, `Exhausted` and `Leak`. Meters read
            `pool().counters()` and `pool().status()`.

            ## Arguments

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
