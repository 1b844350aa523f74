package io.bonito.integrationkit;

import io.bonito.protocol.Session;
import io.bonito.protocol.SessionFailure;
import io.bonito.protocol.SessionOptions;
import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.option.Peer;
import io.bonito.protocol.option.TlsMode;
import io.bonito.protocol.option.TlsOptions;
import io.bonito.protocol.tls.TlsContexts;
import io.bonito.protocol.tls.TlsStage;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLException;

/** A blocking transport that works, but for one flaw: the kit must find it. */
final class FlawedTransport implements DrivenConnection {
  private static final int LOST_BYTE = 120;

  private final Flaw flaw;
  private final ConnectionOptions options;
  private final Session session;
  private final Socket socket = new Socket();
  private final Semaphore resumed = new Semaphore(0);
  private TlsStage tls;
  private boolean encrypted;
  private boolean unanswered;
  private int bytesReceived;
  private byte[] data = {};
  private volatile boolean closed;

  FlawedTransport(Flaw flaw, ConnectionOptions options) throws ConnectionException {
    this.flaw = flaw;
    this.options = options;
    this.session =
        new Session(
            SessionOptions.of(
                options, Peer.LOOPBACK, SessionOptions.credentials(options), new SecureRandom()));
    long nanos = options.get(Options.CONNECT_TIMEOUT).toNanos();
    session.exchange().deadline(System.nanoTime() + nanos);
    try {
      socket.connect(new InetSocketAddress(options.host(), options.port()));
      socket.setTcpNoDelay(true);
    } catch (IOException e) {
      throw failed(ConnectionException.refused(options.target(), e));
    }
    if (next() == Event.FAILED) {
      abort();
      throw ConnectionException.rejected(options.target(), session.error());
    }
  }

  @Override
  public void run(List<Command> commands, EventListener listener) throws ConnectionException {
    if (closed) {
      throw ConnectionException.closed();
    }
    int left = 0;
    for (Command command : commands) {
      data = command.data();
      session.submit(command.exchange());
      left += command.exchange().isAnswered() ? 1 : 0;
    }
    while (left > 0) {
      Event event = next();
      left -= event.completesExchange() ? 1 : 0;
      if (!listener.on(event, session.exchange()) && flaw != Flaw.READS_AHEAD) {
        resumed.acquireUninterruptibly();
      }
      if (closed && flaw == Flaw.GOES_ON_AFTER_THE_END) {
        return;
      }
    }
  }

  private Event next() throws ConnectionException {
    try {
      while (true) {
        if (closed) {
          throw new IOException("it is closed");
        }
        Event event = session.next();
        switch (event) {
          case NEED_BYTES -> exchangeBytes();
          case START_TLS -> startTls();
          case LOCAL_DATA -> {
            session.localData(data, 0, flaw == Flaw.LOADS_HALF ? data.length / 2 : data.length);
            session.localDataEnd();
          }
          case EXPIRED -> throw SessionFailure.expired(session, options.target(), 0);
          case CLOSED -> throw new EOFException("the server closed the connection");
          default -> {
            unanswered &= !session.isIdle();
            return event;
          }
        }
      }
    } catch (IOException | RuntimeException e) {
      if (flaw == Flaw.GOES_ON_AFTER_THE_END && e instanceof EOFException && session.isReady()) {
        abort();
        return Event.DONE;
      }
      throw failed(e);
    }
  }

  private void exchangeBytes() throws IOException {
    send();
    if (encrypted) {
      int plain = tls.decrypt(session.inbound());
      if (plain == 0) {
        receiveCipher();
      } else {
        given(plain);
      }
      return;
    }
    ByteBuffer room = session.inbound();
    int count = read(room);
    if (flaw == Flaw.TAKES_NO_PIECES && count > 0 && count < 3) {
      count = 3; // as if a read always brought a header
    }
    if (flaw == Flaw.LOSES_A_BYTE && count > 1 && bytesReceived < LOST_BYTE) {
      bytesReceived += count;
      count -= bytesReceived >= LOST_BYTE ? 1 : 0;
    }
    given(count);
  }

  private void given(int count) {
    if (count < 0) {
      session.endOfStream();
    } else {
      session.received(count);
    }
  }

  private int read(ByteBuffer room) throws IOException {
    long millis = Math.min(session.nanosLeft(System.nanoTime()) / 1_000_000, Integer.MAX_VALUE);
    if (flaw == Flaw.BEGINS_THE_TIME_ANEW && millis < Integer.MAX_VALUE) {
      millis = 100;
    }
    socket.setSoTimeout(flaw == Flaw.LOOKS_AT_NO_CLOCK ? 0 : (int) Math.max(1, millis));
    try {
      return socket
          .getInputStream()
          .read(room.array(), room.arrayOffset() + room.position(), room.remaining());
    } catch (SocketTimeoutException e) {
      session.timeReached(System.nanoTime() + 1_000_000); // it has waited for whole milliseconds
      return 0;
    }
  }

  private void send() throws IOException {
    ByteBuffer plain = session.outbound();
    unanswered |= plain.hasRemaining();
    if (encrypted) {
      while (plain.hasRemaining()) {
        tls.encrypt(plain);
        write(tls.departing());
      }
    } else {
      write(plain);
    }
  }

  private void write(ByteBuffer bytes) throws IOException {
    int size = bytes.remaining();
    socket.getOutputStream().write(bytes.array(), bytes.arrayOffset() + bytes.position(), size);
    bytes.position(bytes.limit());
  }

  private void receiveCipher() throws IOException {
    int count = read(tls.arriving());
    if (count < 0) {
      tls.endOfStream();
    } else {
      tls.received(count);
    }
  }

  private void startTls() throws IOException {
    if (tls == null) {
      send();
      tls = TlsContexts.stage(tlsOptions(), Peer.LOOPBACK, /* canProve= */ false);
    }
    try {
      switch (tls.handshake()) {
        case NEED_TASK -> tls.task().run();
        case NEED_BYTES -> {
          write(tls.departing());
          receiveCipher();
        }
        case ESTABLISHED -> {
          write(tls.departing());
          session.tlsEstablished(tls.peer());
          encrypted = true;
        }
      }
    } catch (SSLException e) {
      throw ConnectionException.tls(options.target(), e.getMessage(), e);
    }
  }

  private ConnectionOptions tlsOptions() {
    return flaw == Flaw.TRUSTS_ANYONE
        ? ConnectionOptions.builder().set(TlsOptions.SSL_MODE, TlsMode.REQUIRED).build()
        : options;
  }

  private ConnectionException failed(Throwable cause) {
    boolean mayHaveRun = unanswered && session.isReady() && flaw != Flaw.SAYS_THAT_NOTHING_HAS_RUN;
    if (flaw != Flaw.TELLS_BEFORE_IT_CLOSES && flaw != Flaw.NEVER_CLOSES) {
      end();
    }
    return SessionFailure.of(session, options.target(), mayHaveRun, cause);
  }

  private void end() {
    closed = true;
    if (flaw == Flaw.NEVER_CLOSES) {
      return;
    }
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void resume() {
    resumed.release();
  }

  @Override
  public void pipelining(boolean on) {
    session.pipelining(on);
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  @Override
  public void abort() {
    if (flaw != Flaw.IS_DEAF_TO_ABORT) {
      end();
    }
  }

  @Override
  public void close() {
    try {
      if (!closed && session.isIdle() && flaw != Flaw.LEAVES_WITHOUT_A_WORD) {
        session.quit();
        send();
      }
    } catch (IOException | RuntimeException e) {
      // It is closed all the same.
    }
    end();
  }
}
