package io.bonito.transport;

import io.bonito.protocol.ServerProfile;
import io.bonito.protocol.Session;
import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.buffer.RefusedDemandException;
import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.ResultExchange;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.message.ServerError;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.option.Peer;
import io.bonito.protocol.row.RowStore;
import io.bonito.protocol.value.ConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A session and the socket that its bytes go through: the calling thread sends, waits and decodes.
 *
 * <p>One thread at a time; {@link #abort} is for any. Deadlines of exchanges are on the clock of
 * {@code System.nanoTime()}. Without one an answer is awaited as long as the server is alive: TCP's
 * keep-alive and the {@link PeerWatch} end a wait for one that has vanished.
 *
 * <p>Whatever goes wrong with the connection is a {@link ConnectionException}, and the socket is
 * closed before it is thrown. An interrupt does not disturb a platform thread on TCP. It closes the
 * connection under a virtual thread that waits, and under any on a Unix socket; so Java has it.
 */
public final class BlockingTransport implements AutoCloseable {
  /** How long to look for the server's last words when it takes no more bytes. */
  private static final long LAST_WORDS_NANOS = 2_000_000_000L;

  /** A server that has not hung up by then will not because of the goodbye. */
  private static final long COUNTED_NANOS = 1_000_000_000L;

  private final ConnectionOptions options;
  private final String target;
  private final Line plainLine;
  private final Session session;
  private long socketTimeoutNanos;

  /** What bytes go through: the plain line, or the one over it that encrypts. */
  private Line line;

  private @Nullable LocalData localData;

  /** Whether bytes of a command have been written whose answer is not complete. */
  private boolean unanswered;

  private @Nullable IOException writeFailure;
  private boolean ready;

  /** Whether the server's profile is known, so that it need not be looked for again. */
  private boolean known;

  /** When the command that is under way was sent, where it has a deadline. */
  private long sentAtNanos;

  private final Beat beat = new Beat();
  private volatile boolean closed;
  private volatile String closedBecause = "";

  BlockingTransport(ConnectionOptions options, Line line, Session session) {
    this.options = options;
    this.target = options.target();
    this.plainLine = line;
    this.line = line;
    this.session = session;
    this.socketTimeoutNanos = options.get(Options.SOCKET_TIMEOUT).toNanos();
  }

  // ---- connecting

  /** Connects and logs in, within {@code connectTimeout}. */
  public static BlockingTransport open(ConnectionOptions options) throws ConnectionException {
    return open(options, Admission.Purpose.USE);
  }

  /** The same, for whatever it is. */
  public static BlockingTransport open(ConnectionOptions options, Admission.Purpose purpose)
      throws ConnectionException {
    return Connecting.open(options, purpose);
  }

  void logIn(ConnectDeadline deadline) throws ConnectionException {
    if (deadline.exists()) {
      session.exchange().deadline(deadline.endNanos());
    }
    Event event;
    try {
      event = pump(null, 0);
    } catch (Throwable e) {
      throw failed(e);
    }
    switch (event) {
      case READY -> ready = true;
      case EXPIRED -> {
        shut("");
        throw deadline.passed(phase(), null);
      }
      case FAILED -> {
        ServerError error = session.error();
        shut("");
        throw ConnectionException.rejected(target, error);
      }
      default -> throw ended(event);
    }
  }

  /** Looks for what another connection may have had to ask first. */
  void learn() {
    ServerProfile found = ServerProfiles.find(this);
    known = found != null;
    if (found != null && !options.get(Options.DISABLE_PIPELINE)) {
      session.pipelining(found.mayPipeline(session.state().server()));
    }
  }

  private String phase() {
    boolean greeted = !session.state().server().text().isEmpty();
    return greeted ? "logging in" : "waiting for the server's greeting";
  }

  /** Where commands are given. */
  public Session session() {
    return session;
  }

  public ConnectionOptions options() {
    return options;
  }

  /** What this process knows of the server; another connection may only now be asking. */
  public ServerProfile profile() {
    ServerProfile found = ServerProfiles.find(this);
    return found != null ? found : ServerProfile.UNKNOWN;
  }

  /** How long an answer may pause from now on, as {@code socketTimeout} says it; 0: for ever. */
  public void socketTimeout(Duration timeout) {
    socketTimeoutNanos = timeout.toNanos();
  }

  /** False once it is closed, by whomever; nothing is asked of the server. */
  public boolean isOpen() {
    return !closed;
  }

  /** The port of the socket at this end, by which the server lists it; 0 for a Unix socket. */
  public int localPort() {
    return plainLine.localPort();
  }

  /** Whether an {@link Admission} waits for its end. */
  public boolean isCounted() {
    return plainLine.isCounted();
  }

  /** Whether everything sent is encrypted. */
  public boolean isEncrypted() {
    return line != plainLine;
  }

  /**
   * Lets one statement, the one given last, load from this stream: what LOAD DATA LOCAL asks for is
   * never read from anywhere else.
   */
  public void loadFrom(ResultExchange statement, InputStream data) {
    statement.takeLocalData();
    localData = new LocalData(data, target);
  }

  /**
   * The session's next event, for which it waits as long as it takes; never one that asks the
   * transport for something, nor one that ends the session.
   *
   * @throws ConnectionException where the connection is lost, or was before; it is closed
   */
  public Event next() throws ConnectionException {
    return next(null, 0);
  }

  /** The same; rows go into a store, if there is one: see {@link Session#next(RowStore, int)}. */
  public Event next(@Nullable RowStore store, int most) throws ConnectionException {
    if (closed) {
      throw wasClosed(null);
    }
    Event event;
    try {
      event = pump(store, most);
    } catch (ConversionException e) {
      throw e;
    } catch (Throwable e) {
      throw failed(e);
    }
    if (event == Event.ROW) {
      return event;
    }
    if (event.endsSession()) {
      throw ended(event);
    }
    if (event.completesExchange() && session.isIdle()) {
      unanswered = false;
      if (!known) {
        learn();
      }
    }
    return event;
  }

  private Event pump(@Nullable RowStore store, int most) throws IOException {
    while (true) {
      Event event = store == null ? session.next() : session.next(store, most);
      switch (event) {
        case NEED_BYTES -> exchangeBytes();
        case START_TLS -> startTls();
        case LOCAL_DATA -> sendLocalData();
        default -> {
          return event;
        }
      }
    }
  }

  private void exchangeBytes() throws IOException {
    try {
      sendAsFarAsItGoes();
      receive();
    } catch (SocketTimeoutException e) {
      if (session.nanosLeft(System.nanoTime()) > 0) {
        throw e; // socketTimeout's, which is no deadline of a command
      }
      session.timeReached(System.nanoTime());
    }
  }

  /** A server that takes no more may have said why; its words count for more than our error. */
  private void sendAsFarAsItGoes() throws IOException {
    try {
      send();
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      writeFailure = e;
    }
  }

  /** Sends what has been given, and waits for no answer. */
  public void flush() throws ConnectionException {
    if (closed) {
      throw wasClosed(null);
    }
    try {
      send();
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /**
   * Whether it is open and the server has not hung up, as far as the system knows by itself:
   * nothing is sent. Only between commands; takes a millisecond on TCP. What has arrived unasked is
   * a farewell. Where it is false the connection is closed.
   */
  public boolean isConnected() {
    if (closed) {
      return false;
    }
    try {
      if (session.isIdle() && plainLine.isQuiet()) {
        return true;
      }
    } catch (IOException e) {
      // Reset: the same as hung up.
    }
    shut("the server closed the connection");
    return false;
  }

  private void send() throws IOException {
    ByteBuffer outbound = session.outbound();
    if (!outbound.hasRemaining()) {
      return;
    }
    if (writeFailure != null) {
      outbound.position(outbound.limit());
      return;
    }
    long nanosLeft = nanosLeft();
    if (nanosLeft != Line.NO_LIMIT && !unanswered) {
      sentAtNanos = System.nanoTime();
    }
    unanswered = ready;
    beat.step();
    try {
      line.write(outbound, nanosLeft);
    } finally {
      beat.step();
    }
  }

  private void receive() throws IOException {
    long nanosLeft = nanosLeft();
    if (socketTimeoutNanos > 0 && ready) {
      nanosLeft = Math.min(nanosLeft, socketTimeoutNanos);
    }
    if (writeFailure != null) {
      nanosLeft = Math.min(nanosLeft, LAST_WORDS_NANOS);
    }
    int count;
    beat.step();
    try {
      count = line.read(session.inbound(), nanosLeft);
    } catch (SocketTimeoutException e) {
      throw writeFailure != null ? writeFailure : e;
    } finally {
      beat.step();
    }
    if (count < 0) {
      session.endOfStream();
    } else {
      session.received(count);
    }
  }

  private long nanosLeft() {
    // Most sessions have no deadline, and then need no clock.
    return session.nanosLeft(0) == Long.MAX_VALUE
        ? Line.NO_LIMIT
        : session.nanosLeft(System.nanoTime());
  }

  private void startTls() throws IOException {
    send();
    try {
      line =
          TlsHandshake.establish(
              options,
              plainLine,
              session.state().server(),
              this::nanosLeft,
              session::tlsEstablished);
    } catch (SocketTimeoutException e) {
      if (session.nanosLeft(System.nanoTime()) > 0) {
        throw e; // a handshake that broke off cannot be taken up again
      }
      session.timeReached(System.nanoTime());
    }
  }

  private void sendLocalData() throws IOException {
    LocalData data = localData;
    localData = null;
    // Of all pieces together: the last may find the buffers full that the others have filled.
    try (WriteLimit limit = new WriteLimit(plainLine, nanosLeft())) {
      while (data != null && writeFailure == null && data.giveTo(session)) {
        sendAsFarAsItGoes();
      }
      session.localDataEnd();
      if (limit.hasPassed()) {
        session.timeReached(System.nanoTime());
      }
    } catch (SocketTimeoutException e) {
      session.timeReached(System.nanoTime());
    }
  }

  // ---- the end

  /**
   * Takes leave of the server where that needs no waiting, and closes. Where it {@link #isCounted}
   * its end is awaited for a second at most. Never throws.
   */
  @Override
  public void close() {
    close(isCounted() ? COUNTED_NANOS : 0);
  }

  /**
   * Closes, and waits until the server has hung up: its limits have room for another one then.
   * After {@link #close} it counts the connection until it has read the goodbye. Never throws.
   */
  public void closeAndAwaitServer(Duration most) {
    close(most.toNanos());
  }

  private void close(long awaitNanos) {
    if (closed) {
      return;
    }
    boolean waiting = beat.isWaiting();
    closedBecause = waiting ? "another thread closed it" : "";
    closed = true;
    if (!waiting && takeLeave() && awaitNanos > 0) {
      plainLine.awaitEnd(System.nanoTime() + awaitNanos);
    }
    end();
  }

  /** Closes at once, from any thread; a call that waits for the server ends. */
  public void abort() {
    shut("another thread closed it");
  }

  /** Says whether the server has been told. */
  private boolean takeLeave() {
    try {
      if (session.hasEnded() || !session.isIdle() || writeFailure != null) {
        return false;
      }
      session.quit();
      send();
      if (line instanceof TlsLine encrypting) {
        encrypting.takeLeave();
      }
      return true;
    } catch (IOException | RuntimeException e) {
      // A server that is gone needs no goodbye.
      return false;
    }
  }

  private void end() {
    PeerWatch.unregister(this);
    plainLine.close();
  }

  void shut(String because) {
    if (!closed) {
      closedBecause = because;
      closed = true;
    }
    end();
  }

  /** Whether a command could have run whose answer will never come. */
  private boolean mayHaveRun() {
    return unanswered && ready;
  }

  private ConnectionException wasClosed(@Nullable Throwable cause) {
    return closedBecause.isEmpty()
        ? ConnectionException.closed()
        : ConnectionException.lost(target, closedBecause, mayHaveRun(), cause);
  }

  private ConnectionException ended(Event event) {
    boolean mayHaveRun = mayHaveRun();
    ServerError goodbye = session.goodbye();
    shut("");
    if (event == Event.EXPIRED) {
      return ConnectionException.deadlinePassed(
          target, (System.nanoTime() - sentAtNanos) / 1_000_000);
    }
    if (goodbye != null) {
      return ConnectionException.closedByServer(target, goodbye, /* commandMayHaveRun= */ false);
    }
    String what = "the server closed the connection" + (ready ? "" : " while " + phase());
    return ConnectionException.lost(target, what, mayHaveRun, writeFailure);
  }

  /** Closes, then says why in the words that callers know. */
  private ConnectionException failed(Throwable e) {
    boolean closedBefore = closed;
    boolean mayHaveRun = mayHaveRun();
    shut("");
    if (e instanceof ConnectionException known) {
      return known;
    }
    if (e instanceof MalformedPacketException) {
      return ConnectionException.malformed(target, mayHaveRun, e);
    }
    if (e instanceof RefusedDemandException) {
      return TlsHandshake.refused(options, session, plainLine.peer(), isEncrypted(), mayHaveRun, e);
    }
    if (e instanceof Error error) {
      throw error;
    }
    if (e instanceof RuntimeException bug) {
      throw bug;
    }
    if (closedBefore) {
      return wasClosed(e);
    }
    return Connecting.lost(target, socketTimeoutNanos, mayHaveRun, e);
  }

  Beat beat() {
    return beat;
  }

  Peer peer() {
    return plainLine.peer();
  }
}
