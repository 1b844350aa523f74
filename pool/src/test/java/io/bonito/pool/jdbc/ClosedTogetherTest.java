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
  private final AtomicInteger closings = new AtomicInteger();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);

  /** What the driver gave, and what that gives; a statement's close takes as long as is wanted. */
  private Object slow(Class<?> type, Object object) {
    return Proxy.newProxyInstance(
        getClass().getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> {
          if (type == Statement.class && method.getName().equals("close")) {
            closings.incrementAndGet();
            begun.countDown();
            assertThat(goOn.await(1, TimeUnit.MINUTES)).isTrue();
          }
          try {
            Object result = method.invoke(object, arguments);
            return method.getReturnType() == Statement.class
                ? slow(Statement.class, result)
                : result;
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
            () -> (Connection) slow(Connection.class, source.getConnection()),
            Map.of("pool_size", "1", "max_overflow", "0"),
            null,
            new Budget(Settings.UNLIMITED))) {
      Connection handle = pool.getConnection();
      handle.createStatement().execute("SELECT 1");
      CompletableFuture<Void> first =
          CompletableFuture.runAsync(() -> close(handle), PoolBehaviour::onThread);
      assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
      CompletableFuture<Void> second =
          CompletableFuture.runAsync(() -> close(handle), PoolBehaviour::onThread);
      second.get(1, TimeUnit.MINUTES);
      assertThat(closings).hasValue(1);
      assertThat(pool.pool().status().used()).isEqualTo(1);
      goOn.countDown();
      first.get(1, TimeUnit.MINUTES);
      pool.getConnection().close();
      assertThat(pool.pool().status().opened()).isEqualTo(1);
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
