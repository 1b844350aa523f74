package io.bonito.r2dbc;

import static io.bonito.r2dbc.Connections.all;
import static io.bonito.r2dbc.Connections.await;
import static io.bonito.r2dbc.Connections.execute;
import static io.bonito.r2dbc.Connections.integers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.testkit.server.Server;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Rows come as they are asked for, and whatever is given up, the next statement has its own answer.
 */
@Tag("server")
@Timeout(240)
class DemandAndCancelTest {
  private static final int RACES = 200;

  private static Connection open(Server server) {
    return Connections.open(server, "");
  }

  private static Flux<Integer> rows(Connection connection, String sql) {
    return Flux.from(execute(connection, sql))
        .concatMap(result -> result.map(row -> row.get(0, Integer.class)));
  }

  private static void requireOwnAnswer(Connection connection, int number) {
    assertThat(integers(connection, "SELECT " + number)).containsExactly(number);
  }

  /** Takes rows in portions, and leaves after so many. */
  private static final class Taker extends BaseSubscriber<Integer> {
    final List<Integer> taken = new ArrayList<>();
    final CountDownLatch over = new CountDownLatch(1);
    private final long portion;
    private final int most;
    private long outstanding;
    volatile boolean unasked;

    Taker(long portion, int most) {
      this.portion = portion;
      this.most = most;
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
      if (most == 0) {
        leave();
      } else {
        ask();
      }
    }

    private void ask() {
      outstanding += portion;
      request(portion);
    }

    @Override
    protected void hookOnNext(Integer value) {
      taken.add(value);
      unasked |= --outstanding < 0;
      if (taken.size() == most) {
        leave();
      } else if (outstanding == 0) {
        ask();
      }
    }

    private void leave() {
      cancel();
      over.countDown();
    }

    @Override
    protected void hookFinally(reactor.core.publisher.SignalType type) {
      over.countDown();
    }
  }

  @ParameterizedTest
  @MethodSource(Connections.SERVERS)
  void aSubscriberMayLeaveAfterAnyRowWhateverItAsksFor(Server server) throws Exception {
    Connection connection = open(server);
    for (long portion : new long[] {1, 3, 256}) {
      for (int most : new int[] {0, 1, 2, 10, 1000}) {
        Taker taker = new Taker(portion, most);
        rows(connection, Connections.MANY).subscribe(taker);
        assertThat(taker.over.await(60, TimeUnit.SECONDS)).isTrue();
        requireOwnAnswer(connection, most);
        assertThat(taker.taken).hasSize(most);
        assertThat(taker.unasked).isFalse();
      }
    }
    await(connection.close());
  }

  /** Takes the first result of a statement, leaves, and does not look at the result. */
  @ParameterizedTest
  @MethodSource(Connections.SERVERS)
  void aResultThatNobodyReadsDoesNotHoldUpWhatWasGivenBefore(Server server) {
    Connection connection = open(server);
    Mono<Result> first = Mono.from(execute(connection, Connections.MANY)).cast(Result.class);
    Mono<List<Integer>> second =
        Connections.column(execute(connection, "SELECT 2"), Integer.class).collectList();
    assertThat(Mono.zip(first, second).map(both -> both.getT2()).block(Connections.PATIENCE))
        .containsExactly(2);
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(Connections.SERVERS)
  void ofTwoThatAreGivenAtOnceTheFirstCanBeReadAfterItsSubscriptionHasLeft(Server server) {
    Connection connection = open(server);
    Mono<Integer> first =
        Mono.from(execute(connection, "SELECT 1"))
            .flatMap(result -> Mono.from(result.map(row -> row.get(0, Integer.class))));
    Mono<List<Integer>> second =
        Connections.column(execute(connection, "SELECT 2"), Integer.class).collectList();
    assertThat(Mono.zip(first, second).map(both -> both.getT1()).block(Connections.PATIENCE))
        .isEqualTo(1);
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(Connections.SERVERS)
  void aCancelAtAnyMomentLeavesTheNextStatementAlone(Server server) {
    Connection connection = open(server);
    String[] statements = {
      "SELECT 1",
      "DO SLEEP(0.01)",
      "SELECT SLEEP(0.02)",
      Connections.MANY,
      "SELECT 1 UNION SELECT 2"
    };
    for (int race = 0; race < RACES; race++) {
      Disposable racing =
          Flux.from(execute(connection, statements[race % statements.length]))
              .concatMap(result -> result.map(row -> 1))
              .subscribe();
      LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(30_000_000) * (race % 3));
      racing.dispose();
      requireOwnAnswer(connection, race);
    }
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(Connections.SERVERS)
  void theFirstOfManyRowsIsEnough(Server server) {
    Connection connection = open(server);
    for (int run = 0; run < 5; run++) {
      assertThat(rows(connection, Connections.MANY).next().block(Connections.PATIENCE)).isNotNull();
      Mono<Integer> first =
          Mono.from(execute(connection, Connections.MANY))
              .flatMapMany(result -> result.map(row -> row.get(0, Integer.class)))
              .next();
      assertThat(first.block(Connections.PATIENCE)).isNotNull();
      requireOwnAnswer(connection, run);
    }
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(Connections.SERVERS)
  void aResultThatWasTakenAloneMayBeReadLater(Server server) {
    Connection connection = open(server);
    Result result =
        Mono.<Result>from(execute(connection, Connections.MANY)).block(Connections.PATIENCE);
    assertThat(Flux.from(result.map(row -> 1)).count().block(Connections.PATIENCE))
        .isEqualTo(100_000);
    requireOwnAnswer(connection, 1);
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(Connections.SERVERS)
  void aResultThatNobodyReadHoldsUpNothing(Server server) {
    Connection connection = open(server);
    Result unread =
        Mono.<Result>from(execute(connection, Connections.MANY)).block(Connections.PATIENCE);
    requireOwnAnswer(connection, 1);
    assertThatThrownBy(() -> all(unread.map(row -> 1))).isInstanceOf(IllegalStateException.class);
    Mono.<Result>from(execute(connection, Connections.MANY)).block(Connections.PATIENCE);
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(Connections.SERVERS)
  void aMapperMayThrow(Server server) {
    Connection connection = open(server);
    Flux<Integer> crashing =
        Flux.from(execute(connection, Connections.MANY))
            .concatMap(
                result ->
                    result.map(
                        row -> {
                          if (row.get(0, Integer.class) >= 0) {
                            throw new UnsupportedOperationException("mine");
                          }
                          return 1;
                        }));
    for (int run = 0; run < 3; run++) {
      assertThatThrownBy(() -> all(crashing)).hasMessage("mine");
      requireOwnAnswer(connection, run);
    }
    Flux<Integer> nothing =
        Flux.from(execute(connection, Connections.MANY))
            .concatMap(result -> result.map((row, metadata) -> null));
    assertThatThrownBy(() -> all(nothing)).isInstanceOf(NullPointerException.class);
    requireOwnAnswer(connection, 4);
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(Connections.SERVERS)
  void aDemandOfNothingIsAnError(Server server) {
    Connection connection = open(server);
    CountDownLatch refused = new CountDownLatch(1);
    Mono.from(execute(connection, Connections.MANY))
        .block(Connections.PATIENCE)
        .map(row -> 1)
        .subscribe(
            new org.reactivestreams.Subscriber<Integer>() {
              @Override
              public void onSubscribe(Subscription subscription) {
                subscription.request(0);
              }

              @Override
              public void onNext(Integer value) {}

              @Override
              public void onError(Throwable failure) {
                if (failure instanceof IllegalArgumentException) {
                  refused.countDown();
                }
              }

              @Override
              public void onComplete() {}
            });
    requireOwnAnswer(connection, 1);
    assertThat(refused.getCount()).isZero();
    await(connection.close());
  }

  /**
   * What a slow reader leaves stays with the server: the heap of these tests takes a third of it.
   */
  @ParameterizedTest
  @MethodSource(Connections.SERVERS)
  void aSlowReaderHasFewRowsInMemory(Server server) {
    Connection connection = open(server);
    long rows = 300;
    String sql = "SELECT REPEAT('x', 1000000) FROM (" + Connections.MANY + ") m LIMIT " + rows;
    AtomicLong bytes = new AtomicLong();
    Long count =
        Flux.from(execute(connection, sql))
            .concatMap(result -> result.map(row -> row.get(0, String.class).length()))
            .publishOn(Schedulers.boundedElastic(), 1)
            .doOnNext(bytes::addAndGet)
            .count()
            .block(Connections.PATIENCE.multipliedBy(3));
    assertThat(count).isEqualTo(rows);
    assertThat(bytes.get()).isEqualTo(rows * 1_000_000);
    requireOwnAnswer(connection, 1);
    await(connection.close());
  }
}
