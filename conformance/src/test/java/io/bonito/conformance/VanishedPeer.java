package io.bonito.conformance;

import io.bonito.netty.LoopConnection;
import io.bonito.netty.Sink;
import io.bonito.protocol.exchange.QueryExchange;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.message.ServerError;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.option.Secret;
import io.bonito.protocol.option.TlsMode;
import io.bonito.protocol.option.TlsOptions;
import io.bonito.transport.BlockingConnection;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A client for a network namespace whose cable is pulled while its calls wait.
 *
 * <pre>
 *   arguments   host, port
 *   says        ready
 *   is told     gone
 *   says        a line for each call: name, reason, seconds since; then "connect" and the reason
 *   is told     back
 *   says        connected again
 * </pre>
 */
public final class VanishedPeer {
  private VanishedPeer() {}

  public static void main(String[] arguments) throws Exception {
    BufferedReader told =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    ConnectionOptions.Builder options =
        ConnectionOptions.builder()
            .set(Options.HOST, arguments[0])
            .set(Options.PORT, Integer.parseInt(arguments[1]))
            .set(Options.USER, "native")
            .set(Options.PASSWORD, Secret.of("secret-native"));
    ConnectionOptions plain = options.set(TlsOptions.SSL_MODE, TlsMode.DISABLED).build();
    ConnectionOptions tls = options.set(TlsOptions.SSL_MODE, TlsMode.REQUIRED).build();
    ConnectionOptions withoutKeepAlive =
        plain.toBuilder().set(Options.TCP_KEEP_ALIVE, false).build();

    BlockingConnection waiting = BlockingConnection.connect(plain);
    BlockingConnection encrypted = BlockingConnection.connect(tls);
    BlockingConnection probed = BlockingConnection.connect(withoutKeepAlive);
    BlockingConnection idle = BlockingConnection.connect(plain);
    EventLoopGroup loop = new NioEventLoopGroup(1, new DefaultThreadFactory("loop", true));
    LoopConnection onLoop = onLoop(withoutKeepAlive, loop);
    LoopConnection idleOnLoop = onLoop(plain, loop);
    List<Call> calls = new ArrayList<>();
    calls.add(new Call("waiting", () -> waiting.query("SELECT SLEEP(300)").close()));
    calls.add(new Call("encrypted", () -> encrypted.query("SELECT SLEEP(300)").close()));
    calls.add(new Call("probed", () -> probed.query("SELECT SLEEP(300)").close()));
    calls.add(new Call("loop-probed", () -> query(onLoop, "SELECT SLEEP(300)")));
    calls.forEach(Thread::start);
    try (BlockingConnection watcher = BlockingConnection.connect(plain)) {
      int sleeping = 0;
      while (sleeping < 4) {
        sleeping =
            watcher
                .query(
                    "SELECT COUNT(*) FROM information_schema.processlist"
                        + " WHERE info = 'SELECT SLEEP(300)'")
                .list(row -> row.getInt(0))
                .get(0);
      }
    }
    System.out.println("ready");

    expect(told, "gone");
    // Its bytes are never acknowledged, and then TCP does not ask for signs of life.
    calls.add(new Call("sent-late", () -> idle.query("SELECT 1").close()));
    calls.add(new Call("loop-sent-late", () -> query(idleOnLoop, "SELECT 1")));
    calls.subList(4, 6).forEach(Thread::start);
    long start = System.nanoTime();
    for (Call call : calls) {
      call.since = start;
    }
    for (Call call : calls) {
      call.join();
    }
    System.out.println("connect " + connect(plain));

    expect(told, "back");
    String outcome = connect(plain);
    for (int attempt = 0; attempt < 5 && !outcome.equals("works"); attempt++) {
      outcome = connect(plain); // the cable may take a moment
    }
    System.out.println("connect " + outcome);
  }

  private static void expect(BufferedReader told, String word) throws Exception {
    String line = told.readLine();
    if (!word.equals(line)) {
      throw new IllegalStateException(word + " was due, not " + line);
    }
  }

  private static String connect(ConnectionOptions options) {
    try {
      BlockingConnection.connect(options).close();
      return "works";
    } catch (ConnectionException e) {
      return e.reason().name();
    }
  }

  private static LoopConnection onLoop(ConnectionOptions options, EventLoopGroup loop)
      throws Exception {
    return LoopConnection.connect(options, loop).toCompletableFuture().get();
  }

  private static void query(LoopConnection connection, String sql) throws Exception {
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    connection.submit(
        new QueryExchange(sql),
        new Sink() {
          @Override
          public void done() {
            end.complete(new IllegalStateException("it was answered"));
          }

          @Override
          public void refused(ServerError error) {
            end.complete(new IllegalStateException(error.message()));
          }

          @Override
          public void failed(Throwable failure) {
            end.complete(failure);
          }
        });
    throw end.get() instanceof ConnectionException failed ? failed : new IllegalStateException();
  }

  private interface Action {
    void run() throws Exception;
  }

  private static final class Call extends Thread {
    private final Action action;
    private volatile long since;

    Call(String name, Action action) {
      super(name);
      this.action = action;
    }

    @Override
    public void run() {
      String outcome;
      try {
        action.run();
        outcome = "ANSWERED";
      } catch (ConnectionException e) {
        outcome = e.reason().name();
        System.err.println(getName() + ": " + e.getMessage());
      } catch (Exception e) {
        outcome = e.toString();
      }
      long seconds = (System.nanoTime() - since) / 1_000_000_000;
      System.out.println(getName() + " " + outcome + " " + seconds);
    }
  }
}
