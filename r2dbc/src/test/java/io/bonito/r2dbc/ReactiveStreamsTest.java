package io.bonito.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.Servers;
import io.r2dbc.spi.Result;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import org.testng.SkipException;
import org.testng.annotations.Test;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;

/** The rules of Reactive Streams, by its own kit, for each kind of publisher of the driver. */
@Tag("server")
@Timeout(240)
class ReactiveStreamsTest {
  private static final long PATIENCE_MILLIS = 5000;
  private static final long SILENCE_MILLIS = 50;

  /**
   * Rules that cannot be seen from outside, that need not be held to, and one that is about
   * publishers which fail before they are asked for anything: these have not begun then.
   */
  private static final List<String> MAY_SKIP =
      List.of("untested_", "optional_", "required_spec109_mayRejectCallsToSubscribe");

  private enum Kind {
    ROWS {
      @Override
      Publisher<?> of(BonitoConnection connection, long elements) {
        String sql = Connections.MANY + " LIMIT " + elements;
        Result result = Mono.<Result>from(Connections.execute(connection, sql)).block();
        return result.map(row -> row.get(0, Integer.class));
      }
    },
    SEGMENTS {
      @Override
      Publisher<?> of(BonitoConnection connection, long elements) {
        String sql = Connections.MANY + " LIMIT " + elements;
        Result result = Mono.<Result>from(Connections.execute(connection, sql)).block();
        return result.flatMap(segment -> Mono.just(1));
      }
    },
    RESULTS {
      @Override
      long most() {
        return 1000;
      }

      @Override
      Publisher<?> of(BonitoConnection connection, long elements) {
        var batch = connection.createBatch();
        for (long i = 0; i < elements; i++) {
          batch.add("DO 1");
        }
        return batch.execute();
      }
    },
    COUNT {
      @Override
      long most() {
        return 1;
      }

      @Override
      Publisher<?> of(BonitoConnection connection, long elements) {
        return Mono.<Result>from(Connections.execute(connection, "DO 1")).block().getRowsUpdated();
      }
    },
    VALUE {
      @Override
      long most() {
        return 1;
      }

      @Override
      Publisher<?> of(BonitoConnection connection, long elements) {
        return connection.validate(io.r2dbc.spi.ValidationDepth.REMOTE);
      }
    };

    long most() {
      return Integer.MAX_VALUE; // none of the rules takes as many as there are
    }

    abstract Publisher<?> of(BonitoConnection connection, long elements);
  }

  @TestFactory
  Stream<DynamicTest> rules() {
    Server server = Servers.selected().findFirst().orElseThrow();
    List<Method> rules =
        Arrays.stream(PublisherVerification.class.getMethods())
            .filter(method -> method.isAnnotationPresent(Test.class))
            .toList();
    assertThat(rules).hasSizeGreaterThan(30);
    return Arrays.stream(Kind.values())
        .flatMap(
            kind ->
                rules.stream()
                    .map(
                        rule ->
                            DynamicTest.dynamicTest(
                                kind + " " + rule.getName(), () -> check(server, kind, rule))));
  }

  /** Rule 3.13, where somebody still holds the subscription: what began may go on for long. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void whoeverHasCancelledIsForgottenAtOnce(Kind kind) throws InterruptedException {
    Server server = Servers.selected().findFirst().orElseThrow();
    BonitoConnection connection = (BonitoConnection) Connections.open(server, "");
    try {
      var gone = new ReferenceQueue<Leaver>();
      var leaver = new Leaver();
      var reference = new PhantomReference<>(leaver, gone);
      kind.of(connection, 1).subscribe(leaver);
      Subscription kept = Objects.requireNonNull(leaver.subscription);
      kept.cancel();
      leaver = null;
      Reference<?> found = null;
      for (int i = 0; found == null && i < 100; i++) {
        System.gc();
        found = gone.remove(100);
      }
      assertThat(found).isSameAs(reference);
      kept.cancel(); // which has held it up to here
    } finally {
      Connections.await(connection.close());
    }
  }

  /** Keeps its subscription, and asks for nothing. */
  private static final class Leaver extends BaseSubscriber<Object> {
    @Nullable Subscription subscription;

    @Override
    protected void hookOnSubscribe(Subscription given) {
      subscription = given;
    }
  }

  /** The kit asks so of longer publishers only. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void theOnlyElementComesOnceHoweverMuchIsAskedForWithinOnNext(Kind kind) throws Exception {
    Server server = Servers.selected().findFirst().orElseThrow();
    BonitoConnection connection = (BonitoConnection) Connections.open(server, "");
    List<Object> taken = new CopyOnWriteArrayList<>();
    CountDownLatch complete = new CountDownLatch(1);
    try {
      kind.of(connection, 1)
          .subscribe(
              new BaseSubscriber<Object>() {
                @Override
                protected void hookOnSubscribe(Subscription given) {
                  request(1);
                }

                @Override
                protected void hookOnNext(Object element) {
                  taken.add(element);
                  if (taken.size() < 10) {
                    request(1);
                  }
                }

                @Override
                protected void hookOnComplete() {
                  complete.countDown();
                }
              });
      assertThat(complete.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(taken).hasSize(1);
    } finally {
      Connections.await(connection.close());
    }
  }

  private static void check(Server server, Kind kind, Method rule) throws Throwable {
    Verified verified = new Verified(server, kind);
    try {
      run(verified, rule);
    } finally {
      for (BonitoConnection connection : verified.opened) {
        Connections.await(connection.close());
      }
    }
  }

  /** What skips and may not has failed; short publishers are spared what needs long ones. */
  private static void run(Verified verification, Method rule) throws Throwable {
    verification.setUp();
    try {
      rule.invoke(verification);
    } catch (InvocationTargetException e) {
      boolean maySkip =
          MAY_SKIP.stream().anyMatch(rule.getName()::startsWith)
              || (verification.kind.most() < Integer.MAX_VALUE
                  && String.valueOf(e.getCause().getMessage()).contains("required elements nr"));
      if (!(e.getCause() instanceof SkipException) || !maySkip) {
        throw e.getCause();
      }
    }
  }

  /** Each publisher has a connection of its own, as the kit leaves subscriptions behind. */
  public static final class Verified extends PublisherVerification<Object> {
    final Queue<BonitoConnection> opened = new ConcurrentLinkedQueue<>();
    private final Server server;
    private final Kind kind;

    Verified(Server server, Kind kind) {
      super(new TestEnvironment(PATIENCE_MILLIS, SILENCE_MILLIS), PATIENCE_MILLIS);
      this.server = server;
      this.kind = kind;
    }

    @Override
    public long maxElementsFromPublisher() {
      return kind.most();
    }

    @Override
    @SuppressWarnings("unchecked")
    public Publisher<Object> createPublisher(long elements) {
      BonitoConnection connection = (BonitoConnection) Connections.open(server, "");
      opened.add(connection);
      return (Publisher<Object>) kind.of(connection, elements);
    }

    @Override
    public Publisher<Object> createFailedPublisher() {
      return null; // executes nothing before it is asked, so it cannot fail unasked
    }
  }
}
