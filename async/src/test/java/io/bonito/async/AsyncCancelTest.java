package io.bonito.async;

import static io.bonito.async.Asyncs.SERVERS;
import static io.bonito.async.Asyncs.await;
import static io.bonito.async.Asyncs.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.protocol.failure.ErrorKind;
import io.bonito.testkit.server.AdminConnection;
import io.bonito.testkit.server.Server;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is given up, the next statement has its own answer. */
@Tag("server")
@Timeout(180)
class AsyncCancelTest {
  private static final int RACES = 300;

  private static EventLoopGroup loops;

  @BeforeAll
  static void begin() {
    loops = Asyncs.loops();
  }

  @AfterAll
  static void end() {
    Asyncs.end(loops);
  }

  private static AsyncConnection connect(Server server) throws Exception {
    return await(AsyncConnection.connect(Asyncs.options(server).build(), loops));
  }

  private static void requireOwnAnswer(AsyncConnection connection, int number) throws Exception {
    assertThat(await(connection.query("SELECT " + number).list(row -> row.getInt(0))))
        .containsExactly(number);
  }

  private static void awaitRunning(Server server, String sql) {
    try (AdminConnection admin = server.admin()) {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (admin
          .query("SELECT ID FROM information_schema.PROCESSLIST WHERE INFO = '" + sql + "'")
          .isEmpty()) {
        assertThat(System.nanoTime()).isLessThan(deadline);
        LockSupport.parkNanos(1_000_000);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aCancelledStatementEndsOnTheServerToo(Server server) throws Exception {
    AsyncConnection connection = connect(server);
    for (String sql : List.of("SELECT SLEEP(1000)", "DO SLEEP(1001)")) {
      CompletableFuture<?> sleeping = connection.query(sql).run();
      awaitRunning(server, sql);
      sleeping.cancel(true);
      requireOwnAnswer(connection, 1);
      try (AdminConnection admin = server.admin()) {
        assertThat(
                admin.query(
                    "SELECT ID FROM information_schema.PROCESSLIST WHERE INFO = '" + sql + "'"))
            .isEmpty();
      }
    }
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void anythingThatCompletesAFutureFromOutsideCancels(Server server) throws Exception {
    AsyncConnection connection = connect(server);
    CompletableFuture<Outcome> late =
        connection.query("DO SLEEP(1000)").run().orTimeout(50, TimeUnit.MILLISECONDS);
    requireOwnAnswer(connection, 1);
    assertThat(late).isCompletedExceptionally();
    CompletableFuture<Outcome> given = connection.query("DO SLEEP(1000)").run();
    given.complete(Outcome.NONE);
    requireOwnAnswer(connection, 2);
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aTimeoutIsToldAsOneAndTheConnectionGoesOn(Server server) throws Exception {
    AsyncConnection connection = connect(server);
    for (String sql : List.of("SELECT SLEEP(1000)", "DO SLEEP(1000)")) {
      AsyncException late = failure(connection.query(sql).timeout(Duration.ofMillis(50)).run());
      assertThat(late.kind()).isEqualTo(ErrorKind.TIMEOUT);
      assertThat(late.sqlState()).isEqualTo("70100");
      assertThat(late).hasMessageContaining("50 ms");
      requireOwnAnswer(connection, 3);
    }
    assertThat(connection.isOpen()).isTrue();
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void whatIsCancelledOrLateBeforeItsTurnIsNeverSent(Server server) throws Exception {
    AsyncConnection connection = connect(server);
    await(connection.query("SET @n = 0").run());
    CompletableFuture<?> slow = connection.query("SELECT SLEEP(0.5)").run();
    CompletableFuture<?> cancelled = connection.query("SET @n = @n + 1").run();
    CompletableFuture<?> late =
        connection.query("SET @n = @n + 10").timeout(Duration.ofMillis(20)).run();
    cancelled.cancel(true);
    assertThat(failure(late).kind()).isEqualTo(ErrorKind.TIMEOUT);
    assertThat(slow).isNotDone();
    assertThat(await(connection.query("SELECT @n").list(row -> row.getInt(0)))).containsExactly(0);
    await(slow);
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aCancelAtAnyMomentLeavesTheNextStatementAlone(Server server) throws Exception {
    AsyncConnection connection = connect(server);
    String[] statements = {
      "SELECT 1", "DO SLEEP(0.01)", "SELECT SLEEP(0.025)", Asyncs.MANY, "SELECT 1 UNION SELECT 2"
    };
    for (int race = 0; race < RACES; race++) {
      CompletableFuture<?> racing =
          connection.query(statements[race % statements.length]).list(row -> row.getString(0));
      LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(40_000_000) * (race % 3));
      racing.cancel(true);
      requireOwnAnswer(connection, race);
    }
    assertThat(connection.isOpen()).isTrue();
    await(connection.close());
  }

  // ---- publishers

  /** Asks for so many, cancels after so many, keeps what it is told. */
  private static final class Taker implements Flow.Subscriber<Long> {
    final List<Long> taken = new ArrayList<>();
    final CountDownLatch ended = new CountDownLatch(1);
    private final long atOnce;
    private final int most;
    private Flow.Subscription subscription;
    private boolean cancelled;
    volatile int afterCancel;
    volatile Throwable failure;

    Taker(long atOnce, int most) {
      this.atOnce = atOnce;
      this.most = most;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      if (most == 0) {
        end();
      } else {
        given.request(atOnce);
      }
    }

    @Override
    public void onNext(Long value) {
      if (cancelled) {
        afterCancel++;
      }
      taken.add(value);
      if (taken.size() == most) {
        end();
      } else if (taken.size() % atOnce == 0) {
        subscription.request(atOnce);
      }
    }

    private void end() {
      cancelled = true;
      subscription.cancel();
      ended.countDown();
    }

    @Override
    public void onError(Throwable thrown) {
      failure = thrown;
      ended.countDown();
    }

    @Override
    public void onComplete() {
      ended.countDown();
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aSubscriberMayLeaveAfterAnyRowWhateverItAsksFor(Server server) throws Exception {
    AsyncConnection connection = connect(server);
    for (long atOnce : new long[] {1, 2, 7, Long.MAX_VALUE}) {
      for (int most : new int[] {0, 1, 2, 3, 10, 1000}) {
        Taker taker = new Taker(atOnce, most);
        connection.query(Asyncs.MANY).publish(row -> row.getLong(0)).subscribe(taker);
        assertThat(taker.ended.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(taker.taken).hasSize(most);
        requireOwnAnswer(connection, most);
        assertThat(taker.afterCancel).isZero();
      }
    }
    assertThat(connection.isOpen()).isTrue();
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aSubscriberGetsAllRowsOneByOne(Server server) throws Exception {
    AsyncConnection connection = connect(server);
    Taker taker = new Taker(1, Integer.MAX_VALUE);
    connection
        .query("SELECT 1 UNION SELECT 2 UNION SELECT 3")
        .publish(row -> row.getLong(0))
        .subscribe(taker);
    assertThat(taker.ended.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(taker.taken).containsExactly(1L, 2L, 3L);
    assertThat(taker.failure).isNull();
    Taker wrong = new Taker(1, 5);
    connection.query("SELEC 1").publish(row -> row.getLong(0)).subscribe(wrong);
    assertThat(wrong.ended.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(wrong.failure).isInstanceOf(AsyncException.class);
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aDemandOfNothingIsAnErrorAndTheConnectionGoesOn(Server server) throws Exception {
    AsyncConnection connection = connect(server);
    Taker taker = new Taker(0, 5);
    connection.query(Asyncs.MANY).publish(row -> row.getLong(0)).subscribe(taker);
    assertThat(taker.ended.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(taker.failure).isInstanceOf(IllegalArgumentException.class);
    requireOwnAnswer(connection, 1);
    await(connection.close());
  }
}
