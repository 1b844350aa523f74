package io.bonito.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.pool.lending.Budget;
import io.bonito.pool.lending.Settings;
import io.bonito.pool.scope.Scope;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class AutoCloseDbTest {
  private static final String URL = "jdbc:h2:mem:auto_close;DB_CLOSE_DELAY=-1";

  private PooledDataSource pool;

  @BeforeEach
  void open() throws SQLException {
    pool =
        PooledDataSource.over(
            () -> DriverManager.getConnection(URL),
            Map.of("pool_size", "3", "max_overflow", "0", "timeout", "60", "name", "shop"),
            null,
            new Budget(Settings.UNLIMITED));
    try (Connection connection = pool.getConnection()) {
      execute(connection, "DROP TABLE IF EXISTS orders", "CREATE TABLE orders (n INT)");
    }
  }

  @AfterEach
  void close() {
    assertThat(Scope.isAnyEntered()).isFalse();
    pool.close();
  }

  @Test
  void whatIsForgottenGoesBack() {
    for (int i = 0; i < 10; i++) {
      AutoCloseDb.run(this::forget);
    }
    assertThat(used()).isZero();
    assertThat(pool.pool().status().opened()).isLessThanOrEqualTo(3);
  }

  @Test
  void anExceptionPassesThroughAfterAllHasGoneBack() {
    assertThatThrownBy(
            () ->
                AutoCloseDb.run(
                    () -> {
                      forget();
                      throw new IllegalStateException("the job's own");
                    }))
        .hasMessage("the job's own");
    assertThat(used()).isZero();
  }

  @Test
  void theCallersOwnConnectionStaysOpen() throws Exception {
    try (Connection mine = pool.getConnection()) {
      AutoCloseDb.run(this::forget);
      assertThat(mine.isValid(5)).isTrue();
      assertThat(used()).isEqualTo(1);
    }
  }

  @Test
  void anInnerScopeLeavesTheOuterOnesConnectionsAlone() throws Exception {
    AtomicReference<Connection> outer = new AtomicReference<>();
    AutoCloseDb.run(
        () -> {
          outer.set(forget());
          AutoCloseDb.run(this::forget);
          assertThat(used()).isEqualTo(1);
          forget();
        });
    assertThat(outer.get().isClosed()).isTrue();
    assertThat(used()).isZero();
  }

  @Test
  void otherThreadsConnectionsAreTheirs() throws Exception {
    AtomicReference<Connection> theirs = new AtomicReference<>();
    AutoCloseDb.run(() -> CompletableFuture.runAsync(() -> theirs.set(forget())).join());
    assertThat(theirs.get().isClosed()).isFalse();
    theirs.get().close();
  }

  @Test
  void anOpenTransactionIsRolledBackAndReportedEvenWhereReturnsCommit() throws Exception {
    List<String> reports = new ArrayList<>();
    try (PooledDataSource committing =
        PooledDataSource.over(
            () -> DriverManager.getConnection(URL),
            Map.of("reset_on_return", "commit", "name", "billing"),
            null,
            new Budget(Settings.UNLIMITED))) {
      listening(
          reports,
          () ->
              AutoCloseDb.call(
                  () -> {
                    Connection connection = committing.getConnection();
                    connection.setAutoCommit(false);
                    execute(connection, "INSERT INTO orders VALUES (4711)");
                    return 1;
                  }));
      assertThat(count()).isZero();
    }
    assertThat(reports)
        .singleElement()
        .asString()
        .contains("billing", "INSERT INTO orders VALUES (?)", "open transaction")
        .doesNotContain("4711");
  }

  @Test
  void whatWasClosedIsNotHeldOnTo() throws Exception {
    Scope scope = new Scope();
    Scope.Entry entry = scope.enter();
    for (int i = 0; i < 1000; i++) {
      pool.getConnection().close();
    }
    forget();
    entry.close();
    assertThat(scope.open()).isEqualTo(1);
    scope.close();
    assertThat(used()).isZero();
  }

  @Test
  void aFutureKeepsItsConnectionsUntilItIsComplete() throws Exception {
    CompletableFuture<String> answer = new CompletableFuture<>();
    CompletableFuture<String> returned =
        AutoCloseDb.call(
            () -> {
              forget();
              return answer;
            });
    assertThat(used()).isEqualTo(1);
    answer.complete("done");
    assertThat(returned.get()).isEqualTo("done");
    assertThat(used()).isZero();
  }

  @Test
  void aCancelledFutureGivesBackAndCancelsTheOneBehindIt() throws Exception {
    CompletableFuture<String> answer = new CompletableFuture<>();
    CompletableFuture<String> returned =
        AutoCloseDb.call(
            () -> {
              forget();
              return answer;
            });
    returned.cancel(true);
    assertThat(used()).isZero();
    assertThatThrownBy(answer::get).isInstanceOf(CancellationException.class);
  }

  @Test
  void aStreamKeepsItsConnectionsUntilItIsRead() throws Exception {
    Stream<Integer> numbers = AutoCloseDb.call(this::lazily);
    assertThat(used()).isEqualTo(1);
    assertThat(numbers.mapToInt(n -> n).sum()).isEqualTo(6);
    assertThat(used()).isZero();
  }

  @Test
  void aStreamThatIsClosedBeforeItsEndGivesBack() throws Exception {
    try (Stream<Integer> numbers = AutoCloseDb.call(this::lazily)) {
      assertThat(numbers.findFirst()).contains(1);
      assertThat(used()).isGreaterThan(1);
    }
    assertThat(used()).isZero();
  }

  /** Takes one at once and one more for the first element. */
  private Stream<Integer> lazily() {
    forget();
    return IntStream.of(1, 2, 3)
        .boxed()
        .peek(
            n -> {
              if (n == 1) {
                forget();
              }
            });
  }

  @Test
  void aPublisherKeepsItsConnectionsUntilItIsCompleteOrCancelled() throws Exception {
    for (boolean cancels : new boolean[] {false, true}) {
      SubmissionPublisher<String> source = new SubmissionPublisher<>(Runnable::run, 8);
      Flow.Publisher<String> returned =
          AutoCloseDb.call(
              () -> {
                forget();
                return source;
              });
      Reader reader = new Reader();
      returned.subscribe(reader);
      source.submit("row");
      assertThat(reader.seen).containsExactly("row");
      assertThat(used()).isEqualTo(1);
      if (cancels) {
        reader.subscription.cancel();
      } else {
        source.close();
      }
      assertThat(used()).isZero();
    }
  }

  private static final class Reader implements Flow.Subscriber<String> {
    final List<String> seen = new ArrayList<>();
    Flow.Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      this.subscription = subscription;
      subscription.request(10);
    }

    @Override
    public void onNext(String item) {
      seen.add(item);
    }

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {}
  }

  @Test
  void wrappedTasksHaveAScopeOnTheThreadThatRunsThem() throws Exception {
    Executor plain = task -> new Thread(task).start();
    CompletableFuture<Void> ran = new CompletableFuture<>();
    AutoCloseDb.wrap(plain)
        .execute(
            () -> {
              forget();
              ran.complete(null);
            });
    ran.get(60, TimeUnit.SECONDS);
    Callable<Integer> wrapped = AutoCloseDb.wrap(() -> forget().hashCode());
    wrapped.call();
    // The executor's thread may not have come to the end of the scope yet.
    pool.pool().suspend();
    pool.pool().resume();
    try (Connection one = pool.getConnection();
        Connection two = pool.getConnection();
        Connection three = pool.getConnection()) {
      assertThat(List.of(one, two, three)).doesNotHaveDuplicates();
    }
  }

  // --- words ---

  private Connection forget() {
    try {
      Connection connection = pool.getConnection();
      execute(connection, "SELECT 1");
      return connection;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private int used() {
    return pool.pool().status().used();
  }

  private int count() throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM orders")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static void listening(List<String> reports, Callable<?> task) throws Exception {
    Logger logger = Logger.getLogger("io.bonito.pool");
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord message) {
            reports.add(new java.util.logging.SimpleFormatter().formatMessage(message));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.addHandler(handler);
    try {
      task.call();
    } finally {
      logger.removeHandler(handler);
    }
  }
}
