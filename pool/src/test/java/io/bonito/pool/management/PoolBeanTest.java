package io.bonito.pool.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.pool.PooledDataSource;
import io.bonito.pool.lending.Budget;
import io.bonito.pool.lending.Settings;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.management.Attribute;
import javax.management.JMX;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PoolBeanTest {
  private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();
  private static final String PASSWORD = "open-sesame";

  @Test
  void aPoolTellsItsNumbersUnderHikariCpsNames() throws Exception {
    try (PooledDataSource pool = pool("numbers", Map.of("registerMbeans", "true"))) {
      PoolMXBean bean = bean("numbers");
      assertThat(bean.getPoolName()).isEqualTo("numbers");
      try (Connection one = pool.getConnection();
          Connection other = pool.getConnection()) {
        assertThat(one).isNotSameAs(other);
        assertThat(bean.getActiveConnections()).isEqualTo(2);
        assertThat(bean.getHolders())
            .hasSize(2)
            .allMatch(text -> text.startsWith(Thread.currentThread().getName()));
      }
      assertThat(bean.getActiveConnections()).isZero();
      assertThat(bean.getIdleConnections()).isEqualTo(2);
      assertThat(bean.getTotalConnections()).isEqualTo(2);
      assertThat(bean.getBorrowed()).isEqualTo(2);
      assertThat(bean.getOpened()).isEqualTo(2);
      assertThat(bean.getWaited()).isEqualTo(2);
    }
  }

  @Test
  void evictingClosesIdleOnesAndSaysWhy() throws Exception {
    try (PooledDataSource pool = pool("evicting", Map.of("register_mbeans", "true"))) {
      pool.getConnection().close();
      PoolMXBean bean = bean("evicting");
      bean.softEvictConnections();
      until(() -> bean.getClosed().get("DISPOSED") == 1);
      assertThat(bean.getTotalConnections()).isZero();
    }
  }

  @Test
  void aSuspendedPoolLendsWhenItIsResumed() throws Exception {
    try (PooledDataSource pool = pool("suspended", Map.of("register_mbeans", "true"))) {
      PoolMXBean bean = bean("suspended");
      bean.suspendPool();
      CompletableFuture<Connection> waiting =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return pool.getConnection();
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      until(() -> bean.getThreadsAwaitingConnection() == 1);
      assertThat(bean.isSuspended()).isTrue();
      assertThat(waiting).isNotDone();
      bean.resumePool();
      waiting.get(60, TimeUnit.SECONDS).close();
    }
  }

  @Test
  void aPoolMayShrinkAndGrowWhileItWorks() throws Exception {
    try (PooledDataSource pool =
        pool("sizes", Map.of("register_mbeans", "true", "maximum_pool_size", "4"))) {
      PoolMXBean bean = bean("sizes");
      List<Connection> held = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        held.add(pool.getConnection());
      }
      held.remove(0).close();
      bean.setMaximumPoolSize(2);
      until(() -> bean.getTotalConnections() == 3);
      for (Connection each : held) {
        each.close();
      }
      until(() -> bean.getTotalConnections() == 2);
      assertThat(bean.getClosed()).containsEntry("SURPLUS", 2L);
      bean.setMaximumPoolSize(3);
      try (Connection one = pool.getConnection();
          Connection two = pool.getConnection();
          Connection three = pool.getConnection()) {
        assertThat(Set.of(one, two, three)).hasSize(3);
      }
      assertThatThrownBy(() -> bean.setMaximumPoolSize(0)).hasMessageContaining("1 or more");
    }
  }

  @Test
  void whatIsChangedTakesEffect() throws Exception {
    try (PooledDataSource pool =
        pool("changes", Map.of("register_mbeans", "true", "maximum_pool_size", "1"))) {
      PoolMXBean bean = bean("changes");
      bean.setMinimumIdle(1);
      until(() -> bean.getIdleConnections() == 1);
      bean.setMinimumIdle(0);
      bean.setIdleTimeout(300);
      until(() -> bean.getClosed().get("IDLE") == 1);
      bean.setIdleTimeout(0);
      bean.setLeakDetectionThreshold(200);
      bean.setConnectionTimeout(60_000);
      try (Connection held = pool.getConnection()) {
        assertThat(held.isClosed()).isFalse();
        until(() -> bean.getLeaked() == 1);
        bean.setConnectionTimeout(100);
        assertThatThrownBy(
                () -> CompletableFuture.runAsync(() -> fail(pool)).get(60, TimeUnit.SECONDS))
            .hasMessageContaining("nothing to lend within 0.100 s");
        assertThat(bean.getTimedOut()).isEqualTo(1);
      }
      assertThat(bean.getConnectionTimeout()).isEqualTo(100);
    }
  }

  private static void fail(PooledDataSource pool) {
    try {
      pool.getConnection().close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void poolsOfOneNameHaveBeansOfTheirOwnWhichEndWithThem() throws Exception {
    Map<String, String> arguments = Map.of("register_mbeans", "true");
    PooledDataSource first = pool("twins", arguments);
    try (PooledDataSource second = pool("twins", arguments)) {
      assertThat(names("twins")).hasSize(2);
      first.close();
      assertThat(names("twins"))
          .containsExactly(new ObjectName("io.bonito.pool:type=Pool,name=\"twins\",number=2"));
      assertThat(second.pool().isClosed()).isFalse();
    }
    assertThat(names("twins")).isEmpty();
  }

  @Test
  void nothingIsRegisteredThatNobodyAskedFor() throws Exception {
    try (PooledDataSource pool = pool("quiet", Map.of())) {
      assertThat(names("quiet")).isEmpty();
      assertThat(pool.pool().isClosed()).isFalse();
    }
  }

  @Test
  void noValueHasAPassword() throws Exception {
    try (PooledDataSource pool = pool("secrets", Map.of("register_mbeans", "true"));
        Connection held = pool.getConnection()) {
      assertThat(held.isClosed()).isFalse();
      ObjectName name = names("secrets").iterator().next();
      List<String> attributes = new ArrayList<>();
      for (MBeanAttributeInfo info : SERVER.getMBeanInfo(name).getAttributes()) {
        attributes.add(info.getName());
      }
      assertThat(attributes).hasSizeGreaterThan(20);
      for (Attribute each :
          SERVER.getAttributes(name, attributes.toArray(new String[0])).asList()) {
        assertThat(String.valueOf(each.getValue())).doesNotContain(PASSWORD);
      }
    }
  }

  private static PooledDataSource pool(String name, Map<String, String> arguments) {
    JdbcDataSource source = new JdbcDataSource();
    source.setUrl("jdbc:h2:mem:" + name);
    source.setUser("sa");
    source.setPassword(PASSWORD);
    Map<String, String> all = new java.util.HashMap<>(arguments);
    all.put("logging_name", name);
    return PooledDataSource.over(source::getConnection, all, null, new Budget(Settings.UNLIMITED));
  }

  private static Set<ObjectName> names(String pool) throws Exception {
    return SERVER.queryNames(
        new ObjectName("io.bonito.pool:type=Pool,name=\"" + pool + "\",*"), null);
  }

  private static PoolMXBean bean(String pool) throws Exception {
    return JMX.newMXBeanProxy(SERVER, names(pool).iterator().next(), PoolMXBean.class);
  }

  /** Waits for what other threads do; the test's own deadline ends it. */
  private static void until(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.yield();
      java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
    }
  }
}
