package io.bonito.netty;

import io.bonito.protocol.Session;
import io.bonito.protocol.tls.TlsStage;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Bytes between a channel and its session, encrypted or not.
 *
 * <pre>
 *   channel ──▶ arrived ──▶ (TLS) ──▶ session.inbound()      only when the session asks for more
 *   channel ◀── pieces  ◀── (TLS) ◀── session.outbound()     only while the channel is writable
 * </pre>
 *
 * <p>Nothing is read from the channel unless {@link #read} asks for it, and then one buffer.
 */
final class ChannelBytes {
  private static final int LARGEST_PIECE = 64 * 1024;

  /** What one turn of the loop sends at most; others have things to send too. */
  private static final int MOST_PIECES = 16;

  private final ChannelHandlerContext context;
  private final Session session;
  private final Runnable written;
  private final ArrayDeque<ByteBuf> arrived = new ArrayDeque<>(4);
  private @Nullable TlsStage tls;
  private boolean reading;
  private boolean ended;
  private boolean endTold;
  private @Nullable Throwable readFailure;
  private @Nullable Throwable writeFailure;

  /**
   * @param written to be run when a turn's share has been sent and there is more
   */
  ChannelBytes(ChannelHandlerContext context, Session session, Runnable written) {
    this.context = context;
    this.session = session;
    this.written = written;
  }

  // ---- arriving

  void read() {
    if (!reading && !ended) {
      reading = true;
      context.read();
    }
  }

  void readComplete() {
    reading = false;
  }

  void arrived(ByteBuf bytes) {
    if (bytes.isReadable()) {
      arrived.add(bytes);
    } else {
      bytes.release();
    }
  }

  /** Nothing more will arrive. */
  void end() {
    ended = true;
  }

  void readFailed(Throwable cause) {
    readFailure = cause;
  }

  /** Why reading ended other than with an orderly end. */
  @Nullable Throwable readFailure() {
    return readFailure;
  }

  /** Whether bytes have arrived that nobody has asked for yet. */
  boolean hasArrived() {
    return !arrived.isEmpty();
  }

  /** Gives the session what it waits for; false where that must be read first. */
  boolean fill() throws SSLException {
    TlsStage stage = tls;
    if (stage == null) {
      int count = moveTo(session.inbound());
      if (count > 0) {
        session.received(count);
      }
      return count > 0 || tellEnd();
    }
    int count = stage.decrypt(session.inbound());
    while (count == 0) {
      if (!fill(stage)) {
        return false;
      }
      count = stage.decrypt(session.inbound());
    }
    if (count < 0) {
      session.endOfStream();
    } else {
      session.received(count);
    }
    return true;
  }

  private boolean tellEnd() {
    if (!ended || endTold) {
      return false;
    }
    endTold = true;
    session.endOfStream();
    return true;
  }

  /** Gives a stage what has arrived for it, or the end; false where that must be read first. */
  boolean fill(TlsStage stage) {
    int count = moveTo(stage.arriving());
    if (count > 0) {
      stage.received(count);
      return true;
    }
    if (!ended || endTold) {
      return false;
    }
    endTold = true;
    stage.endOfStream();
    return true;
  }

  private int moveTo(ByteBuffer room) {
    ByteBuf first = arrived.peek();
    if (first == null) {
      return 0;
    }
    int count = Math.min(room.remaining(), first.readableBytes());
    first.readBytes(room.limit(room.position() + count));
    if (!first.isReadable()) {
      arrived.remove();
      first.release();
    }
    return count;
  }

  void release() {
    for (ByteBuf bytes = arrived.poll(); bytes != null; bytes = arrived.poll()) {
      bytes.release();
    }
  }

  // ---- departing

  void encryptWith(TlsStage stage) {
    tls = stage;
  }

  boolean isEncrypted() {
    return tls != null;
  }

  /** The port of our side; 0 where there are none. */
  int localPort() {
    return context.channel().localAddress() instanceof InetSocketAddress tcp ? tcp.getPort() : 0;
  }

  /** Sends what the session has to send, as far as the channel takes it without waiting. */
  void send() throws SSLException {
    if (writeFailure != null) {
      ByteBuffer lost = session.outbound();
      lost.position(lost.limit());
      return;
    }
    int pieces = 0;
    boolean unflushed = false;
    while (context.channel().isWritable()) {
      ByteBuffer from = departing();
      if (!from.hasRemaining()) {
        break;
      }
      if (pieces++ == MOST_PIECES) {
        context.executor().execute(written);
        break;
      }
      write(from);
      unflushed = true;
      if (!context.channel().isWritable()) {
        // As large as one write should be; perhaps it goes out at once and there is room again.
        context.flush();
        unflushed = false;
      }
    }
    if (unflushed) {
      context.flush();
    }
  }

  private ByteBuffer departing() throws SSLException {
    TlsStage stage = tls;
    if (stage == null) {
      return session.outbound();
    }
    ByteBuffer plain = session.outbound();
    if (plain.hasRemaining()) {
      stage.encrypt(plain);
    }
    return stage.departing();
  }

  void sendTlsGoodbye() {
    TlsStage stage = tls;
    if (stage != null) {
      stage.close();
      send(stage);
    }
  }

  /** Sends what a handshake has to send. */
  void send(TlsStage stage) {
    while (stage.departing().hasRemaining()) {
      write(stage.departing());
    }
    context.flush();
  }

  private void write(ByteBuffer from) {
    int count = Math.min(from.remaining(), LARGEST_PIECE);
    ByteBuf piece = context.alloc().ioBuffer(count);
    int limit = from.limit();
    piece.writeBytes(from.limit(from.position() + count));
    from.limit(limit);
    context
        .write(piece)
        .addListener(
            done -> {
              if (!done.isSuccess() && writeFailure == null) {
                writeFailure = done.cause();
                written.run();
              }
            });
  }

  /** True where all that the session had to send is with the channel, which can take more. */
  boolean isDrained() {
    return context.channel().isWritable() && !session.outbound().hasRemaining();
  }

  /** The server takes no more bytes. It may have said why. */
  @Nullable Throwable writeFailure() {
    return writeFailure;
  }
}
