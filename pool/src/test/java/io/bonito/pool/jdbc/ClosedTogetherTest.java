package io.bonito.pool.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.pool.PooledDataSource;
import io.bonito.pool.lending.Budget;
import io.bonito.pool.lending.Settings;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A handle that two threads close: what one of them undoes must not be the next borrower's. */
@Timeout(120)
class ClosedTogetherTest {
  private final AtomicInteger rollbacks = new AtomicInteger();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);

  /** The driver's connection, whose first rollback takes as long as the test wants. */
  private Connection slow(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("rollback") && rollbacks.incrementAndGet() == 1) {
                begun.countDown();
                assertThat(goOn.await(1, TimeUnit.MINUTES)).isTrue();
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void oneOfThemPutsItInOrder() throws Exception {
    JdbcDataSource source = new JdbcDataSource();
    source.setUrl("jdbc:h2:mem:together");
    try (PooledDataSource pool =
        PooledDataSource.over(
            () -> slow(source.getConnection()),
            Map.of("pool_size", "1", "max_overflow", "0"),
            null,
            new Budget(Settings.UNLIMITED))) {
      Connection handle = pool.getConnection();
      handle.setAutoCommit(false);
      try (Statement statement = handle.createStatement()) {
        statement.execute("SELECT 1");
      }
      CompletableFuture<Void> first = CompletableFuture.runAsync(() -> close(handle));
      assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
      handle.close();
      assertThat(rollbacks).hasValue(1);
      assertThat(pool.pool().status().used()).isEqualTo(1);
      goOn.countDown();
      first.get(1, TimeUnit.MINUTES);
      assertThat(rollbacks).hasValue(1);
      pool.getConnection().close();
    }
  }

  private static void close(Connection handle) {
    try {
      handle.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
