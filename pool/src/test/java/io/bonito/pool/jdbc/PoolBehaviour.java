package io.bonito.pool.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.pool.AutoCloseDb;
import io.bonito.pool.PooledDataSource;
import io.bonito.pool.lending.Budget;
import io.bonito.pool.lending.PoolListener;
import io.bonito.pool.lending.Settings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the five pools do, whatever the driver. The table {@code pool_behaviour} has one column, n.
 */
enum PoolBehaviour {
  QUEUE_LENDS_SIZE_AND_OVERFLOW_AND_THEN_SAYS_WHO_HOLDS_THEM {
    @Override
    void check(Connector driver) throws Exception {
      try (PooledDataSource pool =
          pool(driver, "pool_size", "1", "max_overflow", "1", "timeout", "0.2")) {
        pool.pool().warmUp(2, TimeUnit.MINUTES.toNanos(1));
        try (Connection first = pool.getConnection();
            Connection second = pool.getConnection()) {
          assertThat(physical(first)).isNotSameAs(physical(second));
          // Borrowed elsewhere, so that it is no nested borrow.
          Throwable refusal =
              CompletableFuture.supplyAsync(() -> refusal(pool), PoolBehaviour::onThread)
                  .get(60, TimeUnit.SECONDS);
          assertThat(refusal)
              .isInstanceOf(SQLTransientConnectionException.class)
              .hasMessageContaining("2 of 2 used")
              .hasMessageContaining("all 2 are held")
              .hasMessageContaining(Thread.currentThread().getName());
        }
      }
    }
  },
  QUEUE_LENDS_AGAIN_WHAT_CAME_BACK {
    @Override
    void check(Connector driver) throws Exception {
      try (PooledDataSource pool = pool(driver)) {
        Connection physical = once(pool);
        assertThat(once(pool)).isSameAs(physical);
        assertThat(pool.status())
            .isEqualTo(
                "Pool size: 5  Connections in pool: 1 Current Overflow: -4"
                    + " Current Checked out connections: 0");
      }
    }
  },
  A_RETURN_ROLLS_BACK {
    @Override
    void check(Connector driver) throws Exception {
      try (PooledDataSource pool = pool(driver)) {
        insertWithoutCommit(pool);
        assertThat(count(pool)).isZero();
      }
    }
  },
  A_RETURN_COMMITS_WHERE_IT_IS_TOLD_TO {
    @Override
    void check(Connector driver) throws Exception {
      try (PooledDataSource pool = pool(driver, "reset_on_return", "commit")) {
        insertWithoutCommit(pool);
        assertThat(count(pool)).isEqualTo(1);
      }
    }
  },
  A_RETURN_UNDOES_WHAT_WAS_CHANGED {
    @Override
    void check(Connector driver) throws Exception {
      try (PooledDataSource pool = pool(driver, "pool_size", "1", "max_overflow", "0")) {
        int isolation;
        try (Connection connection = pool.getConnection()) {
          isolation = connection.getTransactionIsolation();
          connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
          connection.setAutoCommit(false);
        }
        try (Connection connection = pool.getConnection()) {
          assertThat(connection.getTransactionIsolation()).isEqualTo(isolation);
          assertThat(connection.getAutoCommit()).isTrue();
        }
      }
    }
  },
  A_CLOSED_HANDLE_DOES_NOTHING_ANY_MORE {
    @Override
    void check(Connector driver) throws Exception {
      try (PooledDataSource pool = pool(driver, "pool_size", "1", "max_overflow", "0")) {
        Connection old = pool.getConnection();
        Statement statement = old.createStatement();
        old.close();
        try (Connection next = pool.getConnection()) {
          old.close();
          assertThatThrownBy(old::createStatement).isInstanceOf(SQLException.class);
          assertThatThrownBy(() -> statement.executeQuery("SELECT 1"))
              .isInstanceOf(SQLException.class);
          assertThat(old.isClosed()).isTrue();
          assertThat(statement.isClosed()).isTrue();
          assertThat(next.isValid(5)).isTrue();
        }
      }
    }
  },
  WHAT_A_HANDLE_HAS_MADE_ENDS_WITH_IT_AND_LEADS_BACK_TO_IT {
    @Override
    void check(Connector driver) throws Exception {
      try (PooledDataSource pool = pool(driver, "pool_size", "1", "max_overflow", "0")) {
        Connection old = pool.getConnection();
        Statement statement = old.createStatement();
        PreparedStatement prepared = old.prepareStatement("SELECT ?");
        prepared.setInt(1, 1);
        ResultSet rows = prepared.executeQuery();
        assertThat(statement.getConnection()).isSameAs(old);
        assertThat(prepared.getConnection()).isSameAs(old);
        assertThat(old.getMetaData().getConnection()).isSameAs(old);
        assertThat(rows.getStatement()).isSameAs(prepared);
        old.close();
        try (Connection next = pool.getConnection()) {
          assertThat(rows.isClosed()).isTrue();
          assertThat(prepared.isClosed()).isTrue();
          assertThatThrownBy(rows::next).isInstanceOf(SQLException.class);
          assertThatThrownBy(prepared::executeQuery).isInstanceOf(SQLException.class);
          assertThatThrownBy(() -> statement.executeUpdate("DO 1"))
              .isInstanceOf(SQLException.class);
          assertThatThrownBy(() -> old.setAutoCommit(false)).isInstanceOf(SQLException.class);
          assertThatThrownBy(() -> old.setTransactionIsolation(8)).isInstanceOf(SQLException.class);
          assertThatThrownBy(old::getTransactionIsolation).isInstanceOf(SQLException.class);
          assertThatThrownBy(old::commit).isInstanceOf(SQLException.class);
          assertThatThrownBy(() -> old.prepareStatement("SELECT 1"))
              .isInstanceOf(SQLException.class);
          assertThat(old.isValid(5)).isFalse();
          assertThat(next.getAutoCommit()).isTrue();
          rows.close();
          prepared.close();
          statement.close();
          assertThat(next.isValid(5)).isTrue();
        }
      }
    }
  },
  CLOSED_BY_TWO_THREADS_IT_COMES_BACK_ONCE {
    @Override
    void check(Connector driver) throws Exception {
      try (PooledDataSource pool = pool(driver, "pool_size", "1", "max_overflow", "0")) {
        for (int i = 0; i < 50; i++) {
          Connection handle = pool.getConnection();
          handle.setAutoCommit(false);
          update(handle, "INSERT INTO pool_behaviour VALUES (7)");
          CountDownLatch ready = new CountDownLatch(2);
          CompletableFuture<?>[] closings = new CompletableFuture<?>[2];
          for (int j = 0; j < 2; j++) {
            closings[j] =
                CompletableFuture.runAsync(
                    () -> closeTogether(handle, ready), PoolBehaviour::onThread);
          }
          CompletableFuture.allOf(closings).get(60, TimeUnit.SECONDS);
          assertThat(count(pool)).isZero();
        }
        assertThat(pool.pool().status().opened()).isEqualTo(1);
      }
    }
  },
  UNWRAP_LEADS_TO_WHAT_THE_DRIVER_HAS_AND_TO_THE_LEASE {
    @Override
    void check(Connector driver) throws Exception {
      try (PooledDataSource pool = pool(driver);
          Connection handle = pool.getConnection();
          Statement statement = handle.createStatement()) {
        assertThat(handle.isWrapperFor(Lease.class)).isTrue();
        assertThat(handle.isWrapperFor(Connection.class)).isTrue();
        assertThat(handle.unwrap(Connection.class)).isNotNull();
        assertThat(statement.unwrap(Statement.class)).isNotNull();
        assertThat(handle.isWrapperFor(Runnable.class)).isFalse();
        assertThatThrownBy(() -> handle.unwrap(Runnable.class)).isInstanceOf(SQLException.class);
      }
    }
  },
  DISPOSE_CLOSES_IDLE_ONES_NOW_AND_LENT_ONES_LATER {
    @Override
    void check(Connector driver) throws Exception {
      try (PooledDataSource pool = pool(driver)) {
        Connection idle;
        Connection lent = pool.getConnection();
        Connection lentPhysical = physical(lent);
        idle = once(pool);
        pool.pool().dispose();
        eventually(idle::isClosed);
        assertThat(lentPhysical.isClosed()).isFalse();
        lent.close();
        eventually(lentPhysical::isClosed);
        assertThat(once(pool)).isNotIn(idle, lentPhysical);
      }
    }
  },
  AN_INVALIDATED_ONE_IS_CLOSED_AND_REPLACED {
    @Override
    void check(Connector driver) throws Exception {
      try (PooledDataSource pool = pool(driver, "pool_size", "1", "max_overflow", "0")) {
        Connection handle = pool.getConnection();
        Connection physical = physical(handle);
        handle.unwrap(Lease.class).invalidate(null);
        eventually(physical::isClosed);
        assertThat(handle.isClosed()).isTrue();
        assertThat(once(pool)).isNotSameAs(physical);
      }
    }
  },
  A_SOFTLY_INVALIDATED_ONE_IS_USED_TO_THE_END {
    @Override
    void check(Connector driver) throws Exception {
      try (PooledDataSource pool = pool(driver, "pool_size", "1", "max_overflow", "0")) {
        Connection handle = pool.getConnection();
        Connection physical = physical(handle);
        handle.unwrap(Lease.class).invalidateSoftly(null);
        assertThat(handle.isValid(5)).isTrue();
        handle.close();
        eventually(physical::isClosed);
      }
    }
  },
  A_DETACHED_ONE_LEAVES_ITS_PLACE {
    @Override
    void check(Connector driver) throws Exception {
      Budget budget = new Budget(2);
      try (PooledDataSource pool =
          PooledDataSource.over(
              driver, Map.of("pool_size", "1", "max_overflow", "0"), null, budget)) {
        Connection detached = pool.getConnection();
        Connection physical = physical(detached);
        detached.unwrap(Lease.class).detach();
        assertThat(once(pool)).isNotSameAs(physical);
        assertThat(budget.used()).isEqualTo(2);
        assertThat(detached.isValid(5)).isTrue();
        detached.close();
        assertThat(physical.isClosed()).isTrue();
        eventually(() -> budget.used() == 1);
      }
    }
  },
  LIFO_LENDS_WHAT_CAME_BACK_LAST_AND_FIFO_WHAT_CAME_BACK_FIRST {
    @Override
    void check(Connector driver) throws Exception {
      for (String order : List.of("lifo", "fifo")) {
        try (PooledDataSource pool = pool(driver, "idle_order", order)) {
          Connection first = pool.getConnection();
          Connection second = pool.getConnection();
          Connection firstPhysical = physical(first);
          Connection secondPhysical = physical(second);
          first.close();
          second.close();
          assertThat(once(pool)).isSameAs(order.equals("lifo") ? secondPhysical : firstPhysical);
        }
      }
    }
  },
  EVENTS_COME_IN_THEIR_ORDER {
    @Override
    void check(Connector driver) throws Exception {
      Events events = new Events();
      try (PooledDataSource pool =
          PooledDataSource.over(driver, Map.of(), events, new Budget(Settings.UNLIMITED))) {
        once(pool);
        Connection handle = pool.getConnection();
        handle.unwrap(Lease.class).invalidate(null);
        eventually(() -> events.seen().contains("close"));
        assertThat(events.seen())
            .containsExactly(
                "firstConnect",
                "connect",
                "checkout",
                "reset",
                "checkin",
                "checkout",
                "invalidate",
                "checkin",
                "close");
      }
    }
  },
  A_NESTED_BORROW_THAT_COULD_NEVER_END_FAILS_AT_ONCE {
    @Override
    void check(Connector driver) throws Exception {
      try (PooledDataSource pool =
          pool(driver, "pool_size", "1", "max_overflow", "0", "timeout", "3600")) {
        try (Connection outer = pool.getConnection()) {
          assertThatThrownBy(pool::getConnection)
              .isInstanceOf(SQLTransientConnectionException.class)
              .hasMessageContaining("none of them could ever go on");
          assertThat(outer.isValid(5)).isTrue();
        }
      }
    }
  },
  USE_THREADLOCAL_LENDS_A_THREAD_WHAT_IT_HAS {
    @Override
    void check(Connector driver) throws Exception {
      try (PooledDataSource pool = pool(driver, "use_threadlocal", "true")) {
        Connection outer = pool.getConnection();
        Connection inner = pool.getConnection();
        assertThat(physical(inner)).isSameAs(physical(outer));
        inner.close();
        assertThat(outer.isValid(5)).isTrue();
        Connection other =
            CompletableFuture.supplyAsync(() -> onceUnchecked(pool), PoolBehaviour::onThread)
                .get(60, TimeUnit.SECONDS);
        assertThat(other).isNotSameAs(physical(outer));
        outer.close();
        assertThat(pool.pool().status().used()).isZero();
      }
    }
  },
  USE_THREADLOCAL_TAKES_BACK_WHAT_A_DEAD_THREAD_HAS_LEFT {
    @Override
    void check(Connector driver) throws Exception {
      try (PooledDataSource pool =
          pool(
              driver,
              "use_threadlocal",
              "true",
              "pool_size",
              "1",
              "max_overflow",
              "0",
              "timeout",
              "120")) {
        CompletableFuture<Connection> left = new CompletableFuture<>();
        CountDownLatch mayEnd = new CountDownLatch(1);
        Thread forgetful =
            new Thread(
                () -> {
                  try {
                    left.complete(physical(pool.getConnection()));
                    mayEnd.await();
                  } catch (SQLException | InterruptedException e) {
                    left.completeExceptionally(e);
                  }
                });
        forgetful.start();
        Connection theirs = left.get(60, TimeUnit.SECONDS);
        CompletableFuture<Connection> next =
            CompletableFuture.supplyAsync(() -> onceUnchecked(pool), PoolBehaviour::onThread);
        eventually(() -> pool.pool().status().waiting() == 1);
        mayEnd.countDown();
        assertThat(next.get(60, TimeUnit.SECONDS)).isNotSameAs(theirs);
      }
    }
  },
  A_SCOPE_LEAVES_THE_CALLERS_OWN_TRANSACTION_ALONE {
    @Override
    void check(Connector driver) throws Exception {
      try (PooledDataSource pool = pool(driver, "use_threadlocal", "true")) {
        try (Connection outer = pool.getConnection()) {
          outer.setAutoCommit(false);
          update(outer, "INSERT INTO pool_behaviour VALUES (5)");
          AutoCloseDb.call(
              () -> {
                Connection same = pool.getConnection();
                update(same, "INSERT INTO pool_behaviour VALUES (6)");
                return null;
              });
          outer.commit();
        }
        assertThat(count(pool)).isEqualTo(2);
      }
    }
  },
  NULL_POOL_KEEPS_NOTHING {
    @Override
    void check(Connector driver) throws Exception {
      try (PooledDataSource pool = pool(driver, "pool_class", "NullPool")) {
        Connection first = once(pool);
        eventually(first::isClosed);
        assertThat(once(pool)).isNotSameAs(first);
        assertThat(pool.status()).isEqualTo("NullPool");
      }
    }
  },
  ASSERTION_POOL_SHOWS_WHERE_THE_FIRST_WAS_BORROWED {
    @Override
    void check(Connector driver) throws Exception {
      try (PooledDataSource pool = pool(driver, "pool_class", "AssertionPool")) {
        Connection physical;
        try (Connection first = pool.getConnection()) {
          physical = physical(first);
          assertThatThrownBy(pool::getConnection)
              .hasMessageContaining("already checked out")
              .satisfies(
                  e ->
                      assertThat(e.getCause().getCause().getStackTrace())
                          .anyMatch(frame -> frame.getClassName().contains("PoolBehaviour")));
        }
        assertThat(once(pool)).isSameAs(physical);
      }
    }
  },
  STATIC_POOL_SHARES_ONE_AND_A_TRANSACTION_EXCLUDES_OTHERS {
    @Override
    void check(Connector driver) throws Exception {
      try (PooledDataSource pool = pool(driver, "pool_class", "StaticPool", "timeout", "60")) {
        Connection one = pool.getConnection();
        Connection two = pool.getConnection();
        assertThat(physical(one)).isSameAs(physical(two));
        one.setAutoCommit(false);
        update(one, "INSERT INTO pool_behaviour VALUES (1)");
        CompletableFuture<Integer> seenByTwo =
            CompletableFuture.supplyAsync(() -> countUnchecked(two), PoolBehaviour::onThread);
        pool.getConnection().close();
        assertThat(seenByTwo).isNotDone();
        one.commit();
        assertThat(seenByTwo.get(60, TimeUnit.SECONDS)).isEqualTo(1);
        update(one, "INSERT INTO pool_behaviour VALUES (2)");
        one.close();
        assertThat(countUnchecked(two)).isEqualTo(1);
        two.close();
      }
    }
  },
  SINGLETON_THREAD_POOL_GIVES_EACH_THREAD_ITS_OWN_AND_NAMES_THE_OWNERS {
    @Override
    void check(Connector driver) throws Exception {
      try (PooledDataSource pool =
          pool(driver, "pool_class", "SingletonThreadPool", "pool_size", "1", "timeout", "0.3")) {
        pool.pool().warmUp(1, TimeUnit.MINUTES.toNanos(1));
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<Connection> theirs = new CompletableFuture<>();
        Thread owner =
            new Thread(
                () -> {
                  Connection first = onceUnchecked(pool);
                  theirs.complete(first == onceUnchecked(pool) ? first : null);
                  try {
                    asked.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                },
                "the-owner");
        owner.start();
        assertThat(theirs.get(60, TimeUnit.SECONDS)).isNotNull();
        assertThat(refusal(pool)).hasMessageContaining("the-owner");
        asked.countDown();
        owner.join();
        eventually(() -> theirs.get().isClosed() || !(refusal(pool) instanceof SQLException));
        pool.pool().warmUp(1, TimeUnit.MINUTES.toNanos(1));
        assertThat(once(pool)).isNotSameAs(theirs.get());
      }
    }
  },
  EIGHT_THREADS_ON_TWO_LOSE_NOTHING {
    @Override
    void check(Connector driver) throws Exception {
      try (PooledDataSource pool =
          pool(driver, "pool_size", "2", "max_overflow", "0", "timeout", "120")) {
        AtomicInteger inserted = new AtomicInteger();
        List<CompletableFuture<Void>> workers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          workers.add(
              CompletableFuture.runAsync(
                  () -> {
                    for (int round = 0; round < 10; round++) {
                      insertUnchecked(pool);
                      inserted.incrementAndGet();
                    }
                  },
                  PoolBehaviour::onThread));
        }
        CompletableFuture.allOf(workers.toArray(CompletableFuture[]::new))
            .get(300, TimeUnit.SECONDS);
        assertThat(count(pool)).isEqualTo(80).isEqualTo(inserted.get());
        assertThat(pool.pool().status().opened()).isLessThanOrEqualTo(2);
      }
    }
  };

  abstract void check(Connector driver) throws Exception;

  // --- words ---

  /** Of its own: the JDK's common pool may have one thread only, and who waits would keep it. */
  static void onThread(Runnable task) {
    new Thread(task).start();
  }

  static PooledDataSource pool(Connector driver, String... arguments) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      map.put(arguments[i], arguments[i + 1]);
    }
    return PooledDataSource.over(driver, map, null, new Budget(Settings.UNLIMITED));
  }

  static Connection physical(Connection handle) throws SQLException {
    return handle.unwrap(Lease.class).driverConnection();
  }

  static Connection once(PooledDataSource pool) throws SQLException {
    try (Connection handle = pool.getConnection()) {
      return physical(handle);
    }
  }

  private static void closeTogether(Connection handle, CountDownLatch ready) {
    try {
      ready.countDown();
      ready.await();
      handle.close();
    } catch (SQLException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Connection onceUnchecked(PooledDataSource pool) {
    try {
      return once(pool);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static Throwable refusal(PooledDataSource pool) {
    try (Connection connection = pool.getConnection()) {
      return new AssertionError("got " + connection);
    } catch (SQLException e) {
      return e;
    }
  }

  static void update(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private static void insertWithoutCommit(PooledDataSource pool) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      update(connection, "INSERT INTO pool_behaviour VALUES (1)");
    }
  }

  private static void insertUnchecked(PooledDataSource pool) {
    try (Connection connection = pool.getConnection()) {
      update(connection, "INSERT INTO pool_behaviour VALUES (3)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int count(PooledDataSource pool) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      return countUnchecked(connection);
    }
  }

  private static int countUnchecked(Connection connection) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM pool_behaviour")) {
      rows.next();
      return rows.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  interface Question {
    boolean isSo() throws Exception;
  }

  /** Closing is done by another thread. */
  static void eventually(Question question) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!question.isSo()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within a minute");
      }
      Thread.onSpinWait();
      Thread.yield();
    }
  }

  /** Writes down what it hears. */
  private static final class Events implements PoolListener<Connection> {
    private final List<String> seen = new ArrayList<>();

    private synchronized void add(String event) {
      seen.add(event);
    }

    synchronized List<String> seen() {
      return List.copyOf(seen);
    }

    @Override
    public void firstConnect(Connection thing) {
      add("firstConnect");
    }

    @Override
    public void connect(Connection thing) {
      add("connect");
    }

    @Override
    public void checkout(Connection thing) {
      add("checkout");
    }

    @Override
    public void reset(Connection thing) {
      add("reset");
    }

    @Override
    public void checkin(Connection thing) {
      add("checkin");
    }

    @Override
    public void invalidate(Connection thing, Throwable reason) {
      add("invalidate");
    }

    @Override
    public void close(Connection thing) {
      add("close");
    }
  }
}
