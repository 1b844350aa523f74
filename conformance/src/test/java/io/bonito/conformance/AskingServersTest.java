package io.bonito.conformance;

import static io.bonito.conformance.AskedServer.FIRST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.netty.LoopConnection;
import io.bonito.netty.Sink;
import io.bonito.protocol.ServerProfile;
import io.bonito.protocol.exchange.QueryExchange;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.message.ServerError;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.bonito.transport.BlockingTransport;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a connection asks of its server before it is given to anybody, and what follows from the
 * answer, over both transports.
 */
@Timeout(120)
class AskingServersTest {
  private static final EventLoopGroup LOOP = new NioEventLoopGroup(1);

  /** A process asks each server once, by its port and version; ports may come again. */
  private static final AtomicInteger SERVERS = new AtomicInteger();

  @AfterAll
  static void end() {
    LOOP.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @ParameterizedTest
  @EnumSource
  void theFirstConnectionAsksAloneAndAllConnectionsShareTheAnswer(Over first) throws Exception {
    try (AskedServer server = server("8.0.33", "MySQL Community Server - GPL")) {
      List<Asker> askers = new ArrayList<>();
      askers.add(first.connect(options(server)));
      askers.add(first.connect(options(server)));
      askers.add(first.other().connect(options(server)));
      askers.get(0).give("SELECT 1");

      assertThat(server.commands())
          .containsExactly(
              new AskedServer.Command(0, ServerProfile.QUESTIONS.get(0), /* more= */ false),
              new AskedServer.Command(0, ServerProfile.QUESTIONS.get(1), /* more= */ false),
              new AskedServer.Command(0, "SELECT 1", /* more= */ false));
      assertThat(askers)
          .allSatisfy(
              asker -> assertThat(asker.profile().waitTimeout()).isEqualTo(Duration.ofSeconds(77)));
      for (Asker asker : askers) {
        asker.close();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "8.0.33,               MySQL Community Server - GPL,    true",
    "8.0.11,               MySQL Community Server - GPL,    true",
    "5.7.44,               MySQL Community Server (GPL),    false",
    "5.5.5-10.2.44-MariaDB, mariadb.org binary distribution, true",
    "5.5.5-10.1.48-MariaDB, mariadb.org binary distribution, false",
    "8.0.33,               (ProxySQL),                      false",
  })
  void commandsArePipelinedByThemselvesOnlyWhereTheServerBearsIt(
      String version, String comment, boolean pipelined) throws Exception {
    for (Over over : Over.values()) {
      try (AskedServer server = server(version, comment);
          Asker asker = over.connect(options(server))) {
        assertThat(writesAhead(server, asker)).as(over.name()).isEqualTo(pipelined);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void anOptionKeepsCommandsApart(Over over) throws Exception {
    try (AskedServer server = server("8.0.33", "MySQL Community Server - GPL");
        Asker asker =
            over.connect(options(server).toBuilder().set(Options.DISABLE_PIPELINE, true).build())) {
      assertThat(writesAhead(server, asker)).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aConnectionThatComesMeanwhileWaitsForNobodyAndPipelinesAfterTheAnswer(Over over)
      throws Exception {
    try (AskedServer server = server("8.0.33", "MySQL Community Server - GPL")) {
      server.questionsMayBeAnswered = new CountDownLatch(1);
      CompletableFuture<Asker> first =
          CompletableFuture.supplyAsync(() -> over.connectUnchecked(options(server)));
      server.asked.await();
      try (Asker second = over.connect(options(server))) {
        assertThat(first).isNotDone();
        assertThat(second.profile().known()).isFalse();
        assertThat(writesAhead(server, second)).isFalse();

        server.questionsMayBeAnswered.countDown();
        first.get(60, TimeUnit.SECONDS).close();
        second.give("DO 1");
        assertThat(second.profile().known()).isTrue();
        assertThat(writesAhead(server, second)).isTrue();
      }
      for (String question : ServerProfile.QUESTIONS) {
        assertThat(server.commands(question)).hasSize(1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whereTheFirstConnectionBreaksOffTheNextOneAsks(Over over) throws Exception {
    try (AskedServer server = server("8.0.33", "MySQL Community Server - GPL")) {
      server.breaksOff = 1;
      assertThatThrownBy(() -> over.connect(options(server)))
          .isInstanceOf(ConnectionException.class)
          .extracting(e -> ((ConnectionException) e).reason())
          .isEqualTo(ConnectionException.Reason.LOST);
      try (Asker next = over.connect(options(server))) {
        assertThat(next.profile().known()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aServerThatDoesNotAnswerItIsGivenUpAtTheConnectDeadline(Over over) throws Exception {
    try (AskedServer server = server("8.0.33", "MySQL Community Server - GPL")) {
      server.questionsMayBeAnswered = new CountDownLatch(1);
      ConnectionOptions options =
          options(server).toBuilder().set(Options.CONNECT_TIMEOUT, Duration.ofMillis(500)).build();
      assertThatThrownBy(() -> over.connect(options))
          .isInstanceOf(ConnectionException.class)
          .extracting(e -> ((ConnectionException) e).reason())
          .isEqualTo(ConnectionException.Reason.TIMED_OUT);
      server.questionsMayBeAnswered.countDown();
      over.connect(options(server)).close();
    }
  }

  // ---- helpers

  private static AskedServer server(String version, String comment) throws Exception {
    return new AskedServer(version + "-asked" + SERVERS.incrementAndGet(), comment);
  }

  private static ConnectionOptions options(AskedServer server) {
    return ConnectionOptions.builder()
        .set(Options.HOST, "127.0.0.1")
        .set(Options.PORT, server.port())
        .build();
  }

  /** Whether the second of two commands given together is written before the first is answered. */
  private static boolean writesAhead(AskedServer server, Asker asker) throws Exception {
    server.given = new CountDownLatch(1);
    asker.giveTogether(List.of(FIRST, "SECOND"), server.given);
    List<AskedServer.Command> firsts = server.commands(FIRST);
    return firsts.get(firsts.size() - 1).more();
  }

  /** A connection, over whatever transport. */
  private interface Asker extends AutoCloseable {
    ServerProfile profile() throws Exception;

    /** Counts {@code given} down when the transport has all, and awaits the answers. */
    void giveTogether(List<String> statements, CountDownLatch given) throws Exception;

    default void give(String statement) throws Exception {
      giveTogether(List.of(statement), new CountDownLatch(1));
    }

    @Override
    void close() throws Exception;
  }

  private enum Over {
    BLOCKING {
      @Override
      Asker connect(ConnectionOptions options) throws Exception {
        return new BlockingAsker(BlockingTransport.open(options));
      }
    },
    EVENT_LOOP {
      @Override
      Asker connect(ConnectionOptions options) throws Exception {
        try {
          return new LoopAsker(
              LoopConnection.connect(options, LOOP)
                  .toCompletableFuture()
                  .get(60, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
          throw e.getCause() instanceof Exception cause ? cause : e;
        }
      }
    };

    abstract Asker connect(ConnectionOptions options) throws Exception;

    Asker connectUnchecked(ConnectionOptions options) {
      try {
        return connect(options);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    Over other() {
      return this == BLOCKING ? EVENT_LOOP : BLOCKING;
    }
  }

  private record BlockingAsker(BlockingTransport transport) implements Asker {
    @Override
    public ServerProfile profile() {
      return transport.profile();
    }

    @Override
    public void giveTogether(List<String> statements, CountDownLatch given) throws Exception {
      for (String statement : statements) {
        transport.session().query(statement);
      }
      given.countDown(); // what may be written goes in one write
      for (int open = statements.size(); open > 0; ) {
        if (transport.next().completesExchange()) {
          open--;
        }
      }
    }

    @Override
    public void close() {
      transport.close();
    }
  }

  private record LoopAsker(LoopConnection connection) implements Asker {
    @Override
    public ServerProfile profile() throws Exception {
      return CompletableFuture.supplyAsync(connection::profile, connection.eventLoop())
          .get(60, TimeUnit.SECONDS);
    }

    @Override
    public void giveTogether(List<String> statements, CountDownLatch given) throws Exception {
      List<CompletableFuture<Void>> answers = new ArrayList<>();
      for (int i = 0; i < statements.size(); i++) {
        answers.add(new CompletableFuture<>());
      }
      connection
          .eventLoop()
          .execute(
              () -> {
                for (int i = 0; i < statements.size(); i++) {
                  connection.submit(
                      new QueryExchange(statements.get(i)), new Answered(answers.get(i)));
                }
                given.countDown();
              });
      for (CompletableFuture<Void> answer : answers) {
        answer.get(60, TimeUnit.SECONDS);
      }
    }

    @Override
    public void close() throws Exception {
      connection.close().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
  }

  private record Answered(CompletableFuture<Void> answer) implements Sink {
    @Override
    public void done() {
      answer.complete(null);
    }

    @Override
    public void refused(ServerError error) {
      answer.completeExceptionally(new AssertionError(error.toString()));
    }

    @Override
    public void failed(Throwable failure) {
      answer.completeExceptionally(failure);
    }
  }
}
