package io.bonito.r2dbc;

import static io.bonito.r2dbc.Connections.await;
import static io.bonito.r2dbc.Connections.execute;
import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.testkit.server.Server;
import io.r2dbc.spi.Connection;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

/**
 * A result of any length takes the memory of a short one; {@code -Dbonito.rows} tells how many rows
 * it has, of a hundred bytes each, such as ten million.
 */
@Tag("server")
class LongStreamsTest {
  private static final long ROWS = Long.getLong("bonito.rows", 100_000);

  /** Fewer than half of the fewest rows would take that much. */
  private static final long MOST_BYTES = 4 << 20;

  private static final int LOOKS = 5;

  private static long liveBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Repeats the hundred thousand rows, as the server makes them up, as often as it takes. */
  private static String rows(long count) {
    StringBuilder sql = new StringBuilder("SELECT i, REPEAT('r', 92) FROM (");
    sql.append(Connections.MANY).append(") m JOIN (SELECT 1 AS k");
    for (long times = 1; times * 100_000 < count; times++) {
      sql.append(" UNION ALL SELECT 1");
    }
    return sql.append(") x LIMIT ").append(count).toString();
  }

  @ParameterizedTest
  @MethodSource(Connections.SERVERS)
  void theyTakeTheMemoryOfAFewRowsWhetherAllAreAskedForOrSome(Server server) {
    Connection connection = Connections.open(server, "");
    for (int rate : new int[] {Integer.MAX_VALUE, 64}) {
      AtomicLong seen = new AtomicLong();
      AtomicLong most = new AtomicLong();
      long before = liveBytes();
      Flux<Integer> sizes =
          Flux.from(execute(connection, rows(ROWS)))
              .concatMap(
                  result ->
                      result.map(
                          row -> {
                            if (seen.incrementAndGet() % (ROWS / LOOKS) == 0) {
                              most.accumulateAndGet(liveBytes(), Math::max);
                            }
                            return row.get(1, String.class).length();
                          }));
      Long wrong =
          (rate == Integer.MAX_VALUE ? sizes : sizes.limitRate(rate))
              .filter(size -> size != 92)
              .count()
              .block(Connections.PATIENCE.multipliedBy(2 + ROWS / 50_000));
      assertThat(wrong).isZero();
      assertThat(seen).hasValue(ROWS);
      assertThat(most.get() - before).isLessThan(MOST_BYTES);
    }
    await(connection.close());
  }
}
