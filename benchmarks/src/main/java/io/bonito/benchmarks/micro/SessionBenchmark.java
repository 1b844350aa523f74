package io.bonito.benchmarks.micro;

import io.bonito.protocol.Session;
import io.bonito.protocol.SessionOptions;
import io.bonito.protocol.auth.AuthPlugins;
import io.bonito.protocol.auth.Credentials;
import io.bonito.protocol.auth.PeerTrust;
import io.bonito.protocol.auth.PublicKeyPolicy;
import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.Login;
import io.bonito.protocol.exchange.ServerStatement;
import io.bonito.protocol.row.Row;
import io.bonito.protocol.value.Parameters;
import io.bonito.protocol.value.WireFormat;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A whole query through the session, from its command to the last row's values; no socket. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SessionBenchmark {
  private static final String SQL = "SELECT id, name FROM things WHERE id = ";
  private static final int KEY = 1_000_000;

  @Param WireFormat format = WireFormat.TEXT;

  @Param({"1", "1000"})
  int rows = 1;

  private byte[] answer = {};
  private Session session = newSession();
  private final ServerStatement statement = new ServerStatement(SQL + "?");
  private final Parameters parameters = new Parameters(1);

  /** Logs in, and prepares. */
  @Setup
  public void prepare() {
    session = newSession();
    answer = Answers.rows(format, rows);
    hear(Answers.greeting());
    await(Event.NEED_BYTES);
    send();
    hear(Answers.welcome());
    await(Event.READY);
    if (format == WireFormat.BINARY) {
      session.prepare(statement);
      send();
      hear(Answers.prepared());
      await(Event.PREPARED);
    }
  }

  private static Session newSession() {
    return new Session(
        new SessionOptions(
            new Login(
                Credentials.of("user", "secret"),
                "",
                0,
                Login.Tls.NEVER,
                PeerTrust.UNVERIFIED,
                AuthPlugins.builtIn(),
                PublicKeyPolicy.none(),
                Map.of(),
                new Random(1))));
  }

  private void await(Event due) {
    Event event = session.next();
    if (event != due) {
      throw new IllegalStateException(event + " where " + due + " was due");
    }
  }

  private void hear(byte[] bytes) {
    for (int at = 0; at < bytes.length; ) {
      ByteBuffer room = session.inbound();
      int count = Math.min(room.remaining(), bytes.length - at);
      room.put(bytes, at, count);
      session.received(count);
      at += count;
    }
  }

  /** What a transport would do with it is another's cost. */
  private void send() {
    ByteBuffer outbound = session.outbound();
    outbound.position(outbound.limit());
  }

  @Benchmark
  public long query() {
    if (format == WireFormat.TEXT) {
      session.query(SQL + KEY);
    } else {
      parameters.setInt(0, KEY);
      session.execute(statement, parameters, /* cursor= */ false);
    }
    send();
    hear(answer);
    long sum = 0;
    int count = 0;
    for (Event event = session.next(); event != Event.DONE; event = session.next()) {
      switch (event) {
        case ROW -> {
          Row row = session.row();
          String name = row.getString(1);
          sum += row.getInt(0) + (name == null ? 0 : name.length());
          count++;
        }
        case NEED_BYTES, FAILED, CLOSED ->
            throw new IllegalStateException(event + " after " + count + " rows");
        default -> {
          // The head and the end of the rows.
        }
      }
    }
    if (count != rows) {
      throw new IllegalStateException(count + " rows where " + rows + " were due");
    }
    return sum;
  }
}
