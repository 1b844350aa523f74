package io.bonito.async;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.Servers;
import io.netty.channel.EventLoopGroup;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.SkipException;
import org.testng.annotations.Test;

/** The rules of Reactive Streams, by its own kit, for rows that are published. */
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

  private static EventLoopGroup loops;

  @BeforeAll
  static void begin() {
    loops = Asyncs.loops();
  }

  @AfterAll
  static void end() {
    Asyncs.end(loops);
  }

  @TestFactory
  Stream<DynamicTest> rules() {
    Server server = Servers.selected().findFirst().orElseThrow();
    List<Method> rules =
        Arrays.stream(FlowPublisherVerification.class.getMethods())
            .filter(method -> method.isAnnotationPresent(Test.class))
            .toList();
    assertThat(rules).hasSizeGreaterThan(30);
    return rules.stream()
        .map(rule -> DynamicTest.dynamicTest(rule.getName(), () -> check(server, rule)));
  }

  private static void check(Server server, Method rule) throws Throwable {
    Rows rows = new Rows(server);
    try {
      run(rows, rule);
    } finally {
      for (AsyncConnection connection : rows.opened) {
        Asyncs.await(connection.closeNow());
      }
    }
  }

  /** What skips and may not has failed. */
  private static void run(Rows verification, Method rule) throws Throwable {
    verification.setUp();
    try {
      rule.invoke(verification);
    } catch (InvocationTargetException e) {
      boolean maySkip = MAY_SKIP.stream().anyMatch(rule.getName()::startsWith);
      if (!(e.getCause() instanceof SkipException) || !maySkip) {
        throw e.getCause();
      }
    }
  }

  /** Each publisher has a connection of its own, as the kit leaves subscriptions behind. */
  public static final class Rows extends FlowPublisherVerification<Long> {
    final Queue<AsyncConnection> opened = new ConcurrentLinkedQueue<>();
    private final Server server;

    Rows(Server server) {
      super(new TestEnvironment(PATIENCE_MILLIS, SILENCE_MILLIS), PATIENCE_MILLIS);
      this.server = server;
    }

    @Override
    public long maxElementsFromPublisher() {
      return Integer.MAX_VALUE; // none of the rules takes as many as there are
    }

    @Override
    public Flow.Publisher<Long> createFlowPublisher(long elements) {
      try {
        AsyncConnection connection =
            Asyncs.await(AsyncConnection.connect(Asyncs.options(server).build(), loops));
        opened.add(connection);
        return connection.query(Asyncs.MANY + " LIMIT " + elements).publish(row -> row.getLong(0));
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public Flow.Publisher<Long> createFailedFlowPublisher() {
      return null; // executes nothing before it is asked for a row, so it cannot fail unasked
    }
  }
}
