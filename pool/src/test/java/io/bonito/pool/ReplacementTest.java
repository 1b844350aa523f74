package io.bonito.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.pool.lending.Budget;
import io.bonito.pool.lending.PoolListener;
import io.bonito.pool.lending.Settings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that have grown too old go when others are there for them, where there is room. */
@Timeout(120)
class ReplacementTest {
  private static final String URL = "jdbc:h2:mem:replacement;DB_CLOSE_DELAY=-1";

  private static final class Order implements PoolListener<Connection> {
    private final List<String> events = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(2);

    @Override
    public synchronized void connect(Connection connection) {
      events.add("open");
    }

    @Override
    public synchronized void close(Connection connection) {
      events.add("close");
      closed.countDown();
    }

    synchronized List<String> events() {
      return List.copyOf(events);
    }
  }

  private static List<String> lifeOf(Map<String, String> arguments, Budget budget)
      throws Exception {
    Order order = new Order();
    try (PooledDataSource pool =
        PooledDataSource.over(() -> DriverManager.getConnection(URL), arguments, order, budget)) {
      assertThat(order.closed.await(60, TimeUnit.SECONDS)).isTrue();
      List<String> events = order.events();
      pool.drain(Duration.ofMinutes(1));
      return events.subList(0, 4);
    }
  }

  @Test
  void theNewOneIsOpenedBeforeTheOldOneIsClosed() throws Exception {
    assertThat(
            lifeOf(
                Map.of("recycle", "2", "minimum_idle", "1", "pool_size", "2"),
                new Budget(Settings.UNLIMITED)))
        .containsExactly("open", "open", "close", "open");
  }

  @Test
  void whereThePoolIsFullTheOldOneGoesFirst() throws Exception {
    assertThat(
            lifeOf(
                Map.of("recycle", "2", "minimum_idle", "1", "pool_size", "1", "max_overflow", "0"),
                new Budget(Settings.UNLIMITED)))
        .containsExactly("open", "close", "open", "close");
  }

  @Test
  void whereTheBudgetIsUsedTheOldOneGoesFirst() throws Exception {
    assertThat(lifeOf(Map.of("recycle", "2", "minimum_idle", "1", "pool_size", "2"), new Budget(1)))
        .containsExactly("open", "close", "open", "close");
  }
}
