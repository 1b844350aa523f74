package io.bonito.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bonito.pool.jdbc.Connector;
import io.bonito.pool.lending.Budget;
import io.bonito.pool.lending.Exhaustion;
import io.bonito.pool.lending.Exhaustion.Cause;
import io.bonito.pool.lending.Holder;
import io.bonito.pool.lending.PoolListener;
import io.bonito.pool.lending.Settings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is said when there is nothing to lend, and of loans that take too long. */
@Timeout(120)
class WhoHoldsWhatTest {
  @Test
  void aServerThatCannotBeReachedIsNamedWithTheAgeOfTheError() {
    Connector nobody =
        () -> {
          throw new SQLException("connection refused", "08001", 2003);
        };
    try (PooledDataSource pool = pool(nobody, "timeout", "0.3")) {
      Throwable refusal = refusal(pool);
      Exhaustion exhaustion = exhaustion(refusal);
      assertThat(exhaustion.cause()).isEqualTo(Cause.UNREACHABLE);
      assertThat(exhaustion.lastFailure()).hasMessage("connection refused");
      assertThat(exhaustion.lastFailureAgeNanos()).isBetween(0L, TimeUnit.SECONDS.toNanos(60));
      assertThat(refusal)
          .hasMessageMatching(
              "(?s).*cannot connect: the last attempt failed \\d+\\.\\d s ago: .*refused");
      assertThat(((SQLException) refusal).getErrorCode()).isEqualTo(2003);
    }
  }

  @Test
  void whoHoldsIsNamedWithWhatItDoes() throws Exception {
    try (PooledDataSource pool = pool(h2(), "maximum_pool_size", "2", "timeout", "5");
        Busy busy = new Busy(pool);
        Connection idle = pool.getConnection()) {
      execute(idle, "SELECT 'secret', 4711");
      Throwable refusal = refusalElsewhere(pool);
      Exhaustion exhaustion = exhaustion(refusal);
      assertThat(exhaustion.cause()).isEqualTo(Cause.ALL_HELD);
      assertThat(exhaustion.holders())
          .extracting(Holder::thread)
          .containsExactlyInAnyOrder("busy", Thread.currentThread().getName());
      Holder executing = holder(exhaustion, "busy");
      assertThat(executing.executing()).isTrue();
      assertThat(executing.activity()).isEqualTo("executing CALL HOLD()");
      assertThat(executing.stack()).anyMatch(frame -> frame.getMethodName().equals("hold"));
      Holder resting = holder(exhaustion, Thread.currentThread().getName());
      assertThat(resting.executing()).isFalse();
      assertThat(resting.activity()).isEqualTo("idle after SELECT ?, ?");
      assertThat(refusal)
          .hasMessageContaining("all 2 are held: 1 execute, 1 rest in their holders' hands")
          .hasMessageContaining("executing CALL HOLD()")
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  void aDeadHolderIsSaidToBeDead() throws Exception {
    try (PooledDataSource pool = poolOfOne("0.3")) {
      Thread forgetful = new Thread(() -> borrow(pool), "forgetful");
      forgetful.start();
      forgetful.join();
      Throwable refusal = refusal(pool);
      assertThat(exhaustion(refusal).holders()).allMatch(Holder::isDead);
      assertThat(refusal)
          .hasMessageContaining("forgetful (TERMINATED)")
          .hasMessageContaining("has ended and will not give it back");
    }
  }

  @Test
  void anOpeningThatTakesTooLongIsNamed() {
    CountDownLatch done = new CountDownLatch(1);
    Connector slow =
        () -> {
          await(done);
          return h2().connect();
        };
    try (PooledDataSource pool = pool(slow, "timeout", "0.3")) {
      Throwable refusal = refusal(pool);
      assertThat(exhaustion(refusal).cause()).isEqualTo(Cause.OPENING_TOO_SLOW);
      assertThat(exhaustion(refusal).openingNanos()).isPositive();
      assertThat(refusal).hasMessageMatching("(?s).*\\d are still being opened, for \\d+\\.\\d s");
    } finally {
      done.countDown();
    }
  }

  @Test
  void thePoolThatUsesTheBudgetIsNamed() throws Exception {
    Budget budget = new Budget(1);
    try (PooledDataSource greedy =
            PooledDataSource.over(h2(), Map.of("logging_name", "greedy"), null, budget);
        Connection held = greedy.getConnection();
        PooledDataSource poor =
            PooledDataSource.over(
                h2(), Map.of("logging_name", "poor", "timeout", "0.3"), null, budget)) {
      assertThat(held.isClosed()).isFalse();
      Throwable refusal = refusal(poor);
      assertThat(exhaustion(refusal).cause()).isEqualTo(Cause.BUDGET_USED);
      assertThat(exhaustion(refusal).budgetUse()).containsEntry("greedy", 1);
      assertThat(refusal).hasMessageContaining("all pools together may have 1, used by {greedy=1");
    }
  }

  @Test
  void whoWaitsForAThirdWhileItHasTwoIsToldSo() throws Exception {
    try (PooledDataSource pool = pool(h2(), "maximum_pool_size", "3", "timeout", "5");
        Busy busy = new Busy(pool);
        Connection one = pool.getConnection();
        Connection two = pool.getConnection()) {
      assertThat(one).isNotSameAs(two);
      assertThat(busy.thread.isAlive()).isTrue();
      Throwable refusal = refusal(pool);
      assertThat(exhaustion(refusal).ownLoans()).isEqualTo(2);
      assertThat(exhaustion(refusal).cause()).isEqualTo(Cause.ALL_HELD);
      assertThat(refusal)
          .hasMessageContaining("this thread has 2 of them already")
          .hasMessageContaining("2 of which wait for another one");
    }
  }

  /** With an hour to wait: the second of them is told at once. */
  @Test
  void twoThatWaitForEachOthersConnectionAreNamedWithBothStacks() throws Exception {
    try (PooledDataSource pool = pool(h2(), "maximum_pool_size", "2", "timeout", "3600")) {
      CyclicBarrier bothHaveOne = new CyclicBarrier(2);
      List<Throwable> refusals = Collections.synchronizedList(new ArrayList<>());
      Thread outer = new Thread(() -> transferMoney(pool, bothHaveOne, refusals), "outer");
      Thread inner = new Thread(() -> writeAudit(pool, bothHaveOne, refusals), "inner");
      outer.start();
      inner.start();
      outer.join();
      inner.join();
      assertThat(refusals).hasSize(1);
      Exhaustion exhaustion = exhaustion(refusals.get(0));
      assertThat(exhaustion.cause()).isEqualTo(Cause.NESTED_BORROW);
      assertThat(exhaustion.waitedNanos()).isLessThan(TimeUnit.SECONDS.toNanos(3600));
      assertThat(holder(exhaustion, "outer").stack())
          .anyMatch(frame -> frame.getMethodName().equals("transferMoney"));
      assertThat(holder(exhaustion, "inner").stack())
          .anyMatch(frame -> frame.getMethodName().equals("writeAudit"));
      assertThat(refusals.get(0))
          .hasMessageContaining("none of them could ever go on")
          .hasMessageContaining("transferMoney")
          .hasMessageContaining("writeAudit");
    }
  }

  private static void transferMoney(
      PooledDataSource pool, CyclicBarrier barrier, List<Throwable> refusals) {
    borrowTwo(pool, barrier, refusals);
  }

  private static void writeAudit(
      PooledDataSource pool, CyclicBarrier barrier, List<Throwable> refusals) {
    borrowTwo(pool, barrier, refusals);
  }

  private static void borrowTwo(
      PooledDataSource pool, CyclicBarrier barrier, List<Throwable> refusals) {
    try (Connection first = pool.getConnection()) {
      barrier.await();
      try (Connection second = pool.getConnection()) {
        assertThat(second).isNotSameAs(first);
      }
    } catch (SQLException e) {
      refusals.add(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void afterSomebodyWaitedInVainLoansRememberWhereTheyWereMade() throws Exception {
    try (PooledDataSource pool = poolOfOne("0.2")) {
      try (Connection first = pool.getConnection()) {
        assertThat(first.isClosed()).isFalse();
        assertThat(exhaustion(refusalElsewhere(pool)).holders())
            .allSatisfy(holder -> assertThat(holder.borrowedAt()).isNull());
      }
      Connection leaked = borrow(pool);
      Throwable refusal = refusalElsewhere(pool);
      assertThat(refusal)
          .hasMessageContaining("borrowed at")
          .hasMessageContaining("WhoHoldsWhatTest.borrow");
      leaked.close();
    }
  }

  @Test
  void whatIsHeldForNothingIsToldFromWhatExecutes() throws Exception {
    BlockingQueue<Holder> leaks = new LinkedBlockingQueue<>();
    PoolListener<Connection> listener =
        new PoolListener<>() {
          @Override
          public void leak(Holder holder) {
            leaks.add(holder);
          }
        };
    try (PooledDataSource pool =
            PooledDataSource.over(
                h2(), Map.of("leak", "0.3"), listener, new Budget(Settings.UNLIMITED));
        Busy busy = new Busy(pool);
        Connection forgotten = pool.getConnection()) {
      execute(forgotten, "SELECT 1");
      Map<String, Holder> told = new HashMap<>();
      while (told.size() < 2) {
        Holder holder = leaks.poll(60, TimeUnit.SECONDS);
        assertThat(holder).as("leaks told: %s", told).isNotNull();
        told.put(holder.thread(), holder);
      }
      assertThat(busy.thread.isAlive()).isTrue();
      assertThat(told.get("busy").executing()).isTrue();
      assertThat(told.get(Thread.currentThread().getName()).executing()).isFalse();
      assertThat(pool.pool().counters().leaked()).isEqualTo(2);
    }
  }

  @Test
  void thatThereIsNothingToLendIsLoggedOnceAndNotForEachWhoAsks() {
    List<String> logged = Collections.synchronizedList(new ArrayList<>());
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            logged.add(entry.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("io.bonito.pool");
    logger.addHandler(handler);
    try (PooledDataSource pool =
        pool(h2(), "maximum_pool_size", "1", "timeout", "0", "logging_name", "quiet")) {
      pool.pool().warmUp(1, TimeUnit.SECONDS.toNanos(60));
      Connection held = borrow(pool);
      for (int i = 0; i < 20; i++) {
        CompletableFuture.runAsync(() -> refusal(pool)).join();
      }
      held.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } finally {
      logger.removeHandler(handler);
    }
    assertThat(logged.stream().filter(text -> text.startsWith("quiet: nothing to lend")).count())
        .isBetween(1L, 12L);
  }

  // --- what the tests are made of ---

  /** A thread that has a connection and executes with it, until this is closed. */
  private static final class Busy implements AutoCloseable {
    final CountDownLatch executes = new CountDownLatch(1);
    final CountDownLatch done = new CountDownLatch(1);
    final Thread thread;

    Busy(PooledDataSource pool) throws InterruptedException {
      thread =
          new Thread(
              () -> {
                try (Connection connection = pool.getConnection()) {
                  execute(
                      connection,
                      "CREATE ALIAS IF NOT EXISTS HOLD FOR '%s.hold'"
                          .formatted(Function.class.getName()));
                  Function.CALLED.add(this);
                  execute(connection, "CALL HOLD()");
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              },
              "busy");
      thread.start();
      assertThat(executes.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Override
    public void close() throws InterruptedException {
      done.countDown();
      thread.join();
    }
  }

  /** What H2 executes for HOLD(). */
  public static final class Function {
    private static final BlockingQueue<Busy> CALLED = new LinkedBlockingQueue<>();

    private Function() {}

    public static boolean hold() throws InterruptedException {
      Busy busy = CALLED.take();
      busy.executes.countDown();
      return busy.done.await(100, TimeUnit.SECONDS);
    }
  }

  private static Connector h2() {
    JdbcDataSource source = new JdbcDataSource();
    source.setUrl("jdbc:h2:mem:who-holds-what");
    return source::getConnection;
  }

  private static PooledDataSource pool(Connector connector, String... arguments) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      map.put(arguments[i], arguments[i + 1]);
    }
    return PooledDataSource.over(connector, map, null, new Budget(Settings.UNLIMITED));
  }

  /** With one open for certain, before somebody has little time to wait. */
  private static PooledDataSource poolOfOne(String timeout) {
    PooledDataSource pool = pool(h2(), "maximum_pool_size", "1", "timeout", timeout);
    assertThat(pool.pool().warmUp(1, TimeUnit.SECONDS.toNanos(60))).isEqualTo(1);
    return pool;
  }

  private static Connection borrow(PooledDataSource pool) {
    try {
      return pool.getConnection();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Throwable refusal(PooledDataSource pool) {
    return catchThrowableOfType(SQLTransientConnectionException.class, pool::getConnection);
  }

  /** Borrowed by a thread that has none, so that it is no nested borrow. */
  private static Throwable refusalElsewhere(PooledDataSource pool) {
    return CompletableFuture.supplyAsync(() -> refusal(pool)).join();
  }

  private static Exhaustion exhaustion(Throwable refusal) {
    return Exhaustion.of(refusal).orElseThrow();
  }

  private static Holder holder(Exhaustion exhaustion, String thread) {
    return exhaustion.holders().stream()
        .filter(holder -> holder.thread().equals(thread))
        .findFirst()
        .orElseThrow();
  }
}
