package io.bonito.examples.nio;

import io.bonito.protocol.Session;
import io.bonito.protocol.SessionFailure;
import io.bonito.protocol.SessionOptions;
import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.message.ServerVersion;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.option.Peer;
import io.bonito.protocol.tls.TlsContexts;
import io.bonito.protocol.tls.TlsStage;
import io.bonito.protocol.value.ConversionException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A session on a channel that never blocks: the selector waits, for bytes and for deadlines. */
public final class SelectorTransport implements AutoCloseable {
  private final ConnectionOptions options;
  private final Peer peer;
  private final Session session;
  private final SocketChannel channel = SocketChannel.open();
  private final Selector selector = Selector.open();
  private @Nullable TlsStage tls;
  private boolean encrypted;
  private byte[] data = {};
  private volatile boolean closed;

  private SelectorTransport(ConnectionOptions options, Peer peer) throws IOException {
    this.options = options;
    this.peer = peer;
    this.session =
        new Session(
            SessionOptions.of(
                options, peer, SessionOptions.credentials(options), new SecureRandom()));
  }

  public static SelectorTransport open(ConnectionOptions options) throws IOException {
    InetAddress address = InetAddress.getAllByName(options.host())[0];
    Peer peer = address.isLoopbackAddress() ? Peer.LOOPBACK : Peer.REMOTE;
    SelectorTransport opened = new SelectorTransport(options, peer);
    opened.logIn(new InetSocketAddress(address, options.port()));
    return opened;
  }

  private void logIn(InetSocketAddress address) throws ConnectionException {
    session.exchange().deadline(System.nanoTime() + options.get(Options.CONNECT_TIMEOUT).toNanos());
    try {
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_CONNECT);
      channel.connect(address);
      while (!channel.finishConnect() && session.nanosLeft(System.nanoTime()) > 0) {
        await(SelectionKey.OP_CONNECT);
      }
    } catch (IOException e) {
      throw failed(
          e instanceof ConnectException ? ConnectionException.refused(options.target(), e) : e);
    }
    if (next() == Event.FAILED) {
      abort();
      throw ConnectionException.rejected(options.target(), session.error());
    }
  }

  public Session session() {
    return session;
  }

  /** What the next LOAD DATA LOCAL loads. */
  public void load(byte[] bytes) {
    data = bytes;
  }

  /** The session's next event, but for those that are the transport's own affair. */
  public Event next() throws ConnectionException {
    if (closed) {
      throw ConnectionException.closed();
    }
    long begun = System.nanoTime();
    try {
      while (true) {
        Event event = session.next();
        switch (event) {
          case NEED_BYTES -> exchangeBytes();
          case START_TLS -> startTls();
          case LOCAL_DATA -> {
            session.localData(data, 0, data.length);
            session.localDataEnd();
          }
          case EXPIRED ->
              throw SessionFailure.expired(
                  session, options.target(), (System.nanoTime() - begun) / 1_000_000);
          case CLOSED -> throw new EOFException("the server closed the connection");
          default -> {
            return event;
          }
        }
      }
    } catch (ConversionException e) {
      throw e; // the session goes on
    } catch (IOException | RuntimeException e) {
      throw failed(e);
    }
  }

  private void exchangeBytes() throws IOException {
    boolean sent = send();
    int count = tls == null ? channel.read(session.inbound()) : tls.decrypt(session.inbound());
    if (count < 0) {
      session.endOfStream();
    } else if (count > 0) {
      session.received(count);
    } else if (tls == null || !receiveCipher(tls)) {
      await(sent ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }
  }

  /** False where the channel does not take all of it now. */
  private boolean send() throws IOException {
    ByteBuffer plain = session.outbound();
    TlsStage stage = tls;
    if (stage == null) {
      channel.write(plain);
      return !plain.hasRemaining();
    }
    do {
      if (encrypted) {
        stage.encrypt(plain);
      }
      channel.write(stage.departing());
    } while (plain.hasRemaining() && !stage.departing().hasRemaining());
    return !stage.departing().hasRemaining();
  }

  private boolean receiveCipher(TlsStage stage) throws IOException {
    int count = channel.read(stage.arriving());
    if (count < 0) {
      stage.endOfStream();
    } else {
      stage.received(count);
    }
    return count != 0;
  }

  /** One step of the handshake; the session asks until there is none left. */
  private void startTls() throws IOException {
    send();
    TlsStage stage = tls;
    if (stage == null) {
      ServerVersion server = session.state().server();
      stage = TlsContexts.stage(options, peer, server.mariaDb() && server.isAtLeast(11, 4, 0));
      tls = stage;
    }
    try {
      switch (stage.handshake()) {
        case NEED_TASK -> stage.task().run();
        case NEED_BYTES -> {
          if (send() && !receiveCipher(stage)) {
            await(SelectionKey.OP_READ);
          }
        }
        case ESTABLISHED -> {
          session.tlsEstablished(stage.peer());
          encrypted = true;
        }
      }
    } catch (SSLException e) {
      channel.write(stage.departing()); // the alert
      throw ConnectionException.tls(options.target(), String.valueOf(e.getMessage()), e);
    }
  }

  /** Until the channel has moved, a deadline has passed, or another thread has closed it. */
  private void await(int interest) throws IOException {
    channel.keyFor(selector).interestOps(interest);
    selector.select(k -> {}, Math.max(1, session.nanosLeft(System.nanoTime()) / 1_000_000 + 1));
    session.timeReached(System.nanoTime());
  }

  private ConnectionException failed(Throwable cause) {
    abort();
    boolean mayHaveRun = session.isReady() && !session.isIdle();
    return SessionFailure.of(session, options.target(), mayHaveRun, cause);
  }

  public boolean isOpen() {
    return !closed;
  }

  /** Closes at once. From any thread. */
  public void abort() {
    try (selector;
        channel) {
      closed = true;
    } catch (IOException e) {
      // It is of no use any more.
    }
  }

  /** Takes leave where nothing is under way, and closes. */
  @Override
  public void close() {
    try {
      if (!closed && session.isIdle()) {
        session.quit();
        send();
      }
    } catch (IOException | RuntimeException e) {
      // A server that is gone needs no goodbye.
    }
    abort();
  }
}
