package io.bonito.netty;

import io.bonito.protocol.Session;
import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.Exchange;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Peer;
import io.bonito.protocol.tls.TlsStage;
import io.bonito.protocol.value.ConversionException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Drives one session from its channel's events; lives on the channel's loop.
 *
 * <pre>
 *   bytes, demand, commands, writability ──▶ pump: session.next() until it wants what is not there
 *                                              │        or nobody wants its next row
 *                                              └▶ send what is outbound, then read if it wants bytes
 * </pre>
 *
 * <p>While no row is wanted the session is not asked, so that nothing is read and the server waits.
 */
final class SessionPump extends ChannelInboundHandlerAdapter implements TlsUpgrade.Owner {
  private static final String LOOP_IS_GONE = "its event loop is shut down";

  /** How long a server that takes no goodbye is waited for. */
  private static final long GOODBYE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final LoopConnector connector;
  private final ConnectionOptions options;
  private final Peer peer;
  private final Session session;
  private final EventLoop loop;
  private final Deadline connectDeadline;
  private final PumpedCommands commands = new PumpedCommands();
  private final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();

  // Set when the channel takes this handler, before all else.

  @SuppressWarnings("NullAway.Init")
  private ChannelHandlerContext context;

  @SuppressWarnings("NullAway.Init")
  private ChannelBytes bytes;

  @SuppressWarnings("NullAway.Init")
  private Diagnosis diagnosis;

  @SuppressWarnings("NullAway.Init")
  private AnswerLimits limits;

  @SuppressWarnings("NullAway.Init")
  private LoopClock clock;

  private @Nullable TlsUpgrade upgrade;
  private @Nullable Acquaintance undecided;
  private boolean ready;
  private boolean pumping;
  private boolean wantsBytes;
  private boolean closing;
  private volatile boolean over;
  private Ending ending = Ending.of(ConnectionException.closed());

  SessionPump(
      LoopConnector connector,
      ConnectionOptions options,
      Peer peer,
      Session session,
      EventLoop loop,
      Deadline connectDeadline) {
    this.connector = connector;
    this.options = options;
    this.peer = peer;
    this.session = session;
    this.loop = loop;
    this.connectDeadline = connectDeadline;
  }

  // ---- what others may ask

  Session session() {
    return session;
  }

  LoopConnector connector() {
    return connector;
  }

  ConnectionOptions options() {
    return options;
  }

  Peer peer() {
    return peer;
  }

  EventLoop loop() {
    return loop;
  }

  boolean isOpen() {
    return !over;
  }

  ChannelBytes bytes() {
    return bytes;
  }

  /** From any thread; see {@code PeerHealth}. */
  int beat() {
    return commands.beat();
  }

  CompletableFuture<@Nullable Void> closed() {
    return closed;
  }

  boolean isOnLoop() {
    return loop.inEventLoop();
  }

  void onLoop(Runnable action) {
    if (loop.inEventLoop()) {
      action.run();
      return;
    }
    try {
      loop.execute(action);
    } catch (RejectedExecutionException e) {
      // The host has shut its loops down, and with them this connection.
    }
  }

  /** Begins the login on a channel that is connected; the session's first exchange. */
  void logIn(Sink sink) {
    if (connectDeadline.exists()) {
      session.exchange().deadline(connectDeadline.endNanos());
    }
    commands.add(new PumpedCommand(this, session.exchange(), sink, Long.MAX_VALUE));
    if (!context.channel().isActive()) {
      bytes.end();
    }
    pump();
  }

  /** Who will say whether to pipeline; null when that is decided. */
  void undecided(@Nullable Acquaintance acquaintance) {
    undecided = acquaintance;
  }

  PumpedCommand submit(Exchange exchange, Sink sink, long rows) {
    PumpedCommand command = new PumpedCommand(this, exchange, sink, rows);
    if (loop.inEventLoop()) {
      accept(command);
      return command;
    }
    try {
      loop.execute(() -> accept(command));
    } catch (RejectedExecutionException e) {
      command.failed(
          ConnectionException.lost(
              options.target(), LOOP_IS_GONE, /* commandMayHaveRun= */ false, e));
    }
    return command;
  }

  private void accept(PumpedCommand command) {
    if (over || closing) {
      command.failed(
          over ? ending.failure(/* commandMayHaveRun= */ false) : ConnectionException.closed());
      return;
    }
    if (commands.isEmpty() && undecided != null) {
      undecided.decide();
    }
    Exchange exchange = command.exchange();
    if (exchange.isAnswered()) {
      commands.add(command);
    }
    limits.heard();
    try {
      session.submit(exchange);
    } catch (ConversionException | IllegalStateException e) {
      commands.remove(command);
      command.failed(e);
      return;
    }
    if (!exchange.isAnswered()) {
      command.done();
    }
    pump();
  }

  // ---- the pump

  void pump() {
    if (pumping || over) {
      return;
    }
    pumping = true;
    try {
      advance();
      if (!over) {
        bytes.send();
      }
    } catch (Throwable e) {
      end(diagnosis.broken(e));
    } finally {
      pumping = false;
    }
    if (over) {
      return;
    }
    if (wantsBytes) {
      bytes.read();
    }
    clock.arm();
    commands.beatGoesOn();
    if (closing && commands.isEmpty()) {
      leave();
    }
  }

  private void advance() throws SSLException {
    wantsBytes = false;
    while (!over && !isWaiting()) {
      Event event;
      try {
        event = session.next();
      } catch (ConversionException | IllegalStateException e) {
        dropped(e);
        continue;
      }
      if (event == Event.NEED_BYTES) {
        if (!bytes.fill()) {
          wantsBytes = true;
          return;
        }
      } else if (!report(event)) {
        return;
      }
    }
  }

  /** True while the session must not be asked, since somebody else is to do something first. */
  private boolean isWaiting() {
    return upgrade != null || commands.waitForSink();
  }

  /** A command that waited has turned out not to be expressible. The session goes on. */
  private void dropped(RuntimeException e) {
    PumpedCommand command = session.hasEnded() ? null : commands.remove(session.exchange());
    if (command == null) {
      throw e;
    }
    command.failed(e);
  }

  /** False where the session has to wait. */
  private boolean report(Event event) throws SSLException {
    PumpedCommand head = commands.head();
    if (head == null || event.endsSession()) {
      end(diagnosis.closed(ready));
      return false;
    }
    switch (event) {
      case ROW -> head.row(session.row());
      case COLUMNS -> head.columns(session.columns());
      case RESULT_END -> head.resultEnd(session.ok());
      case READY, PREPARED, DONE -> {
        if (!ready) {
          ready = true;
          limits.loggedIn();
        }
        commands.removeHead();
        head.done();
      }
      case FAILED -> {
        if (ready) {
          commands.removeHead();
          head.refused(session.error());
        } else {
          end(diagnosis.rejected());
        }
      }
      case START_TLS -> startTls();
      case LOCAL_DATA -> {
        bytes.send();
        if (bytes.writeFailure() != null) {
          session.localDataEnd(); // nobody takes it; perhaps the server has said why
        } else if (!bytes.isDrained()) {
          return false; // asked again when the channel is writable
        } else {
          head.askForData();
        }
      }
      case NEED_BYTES, EXPIRED, CLOSED -> {}
    }
    return true;
  }

  // ---- TLS

  private void startTls() throws SSLException {
    refuseBytesBeforeTls();
    bytes.send();
    TlsUpgrade begun = new TlsUpgrade(options, bytes, loop, connector.offLoop(), this);
    upgrade = begun;
    begun.begin(peer, session.state().server());
  }

  private void refuseBytesBeforeTls() {
    if (bytes.hasArrived()) {
      throw new MalformedPacketException("bytes in the clear where TLS is due to begin");
    }
  }

  @Override
  public void established(TlsStage stage) {
    try {
      session.tlsEstablished(stage.peer());
    } catch (SSLException | RuntimeException e) {
      failed(ConnectionException.tls(options.target(), String.valueOf(e.getMessage()), e));
      return;
    }
    bytes.encryptWith(stage);
    upgrade = null;
    pump();
  }

  @Override
  public void failed(ConnectionException reason) {
    end(Ending.of(reason));
  }

  /** The channel went with the loop; what is left is to say so. */
  @Override
  public void loopIsGone() {
    if (!over) {
      Ending reason = diagnosis.lost(LOOP_IS_GONE);
      cease(reason);
      tellAll(reason);
    }
  }

  // ---- the channel's events

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    bytes = new ChannelBytes(added, session, this::pump);
    diagnosis = new Diagnosis(options, peer, session, bytes);
    limits = new AnswerLimits(options, session, bytes, commands, diagnosis, connectDeadline);
    clock = new LoopClock(loop, limits, this::look, this::timeUp);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (over || !(message instanceof ByteBuf buffer)) {
      ReferenceCountUtil.release(message);
      return;
    }
    clock.heard();
    limits.heard();
    commands.beatStops();
    bytes.arrived(buffer);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    bytes.readComplete();
    channelMoved();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    bytes.end();
    if (loop.isShuttingDown()) {
      // No sink could ask for the rows that have arrived: nothing will run here any more.
      end(diagnosis.lost(LOOP_IS_GONE));
    }
    channelMoved();
    ctx.fireChannelInactive();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (ctx.channel().isWritable()) {
      channelMoved();
    }
    ctx.fireChannelWritabilityChanged();
  }

  private void channelMoved() {
    TlsUpgrade current = upgrade;
    if (current == null || over) {
      pump();
    } else if (current.isPreparing() && bytes.hasArrived()) {
      end(
          diagnosis.broken(
              new MalformedPacketException("bytes in the clear where TLS is due to begin")));
    } else {
      current.advance();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // The channel closes itself, and channelInactive follows; what has arrived is read first.
    bytes.readFailed(cause);
    ctx.close();
  }

  // ---- the end

  void dataFailed(Throwable cause) {
    end(diagnosis.dataUnreadable(cause));
  }

  /** Asks for what is readable, though nobody needs it yet. */
  void look() {
    if (!over) {
      bytes.read();
    }
  }

  void abort(String because) {
    end(diagnosis.lost(because));
  }

  private void timeUp() {
    end(limits.passed());
  }

  /** Closes the channel, and only then tells those who wait. */
  private void end(Ending reason) {
    if (over) {
      return;
    }
    cease(reason);
    context.channel().close().addListener(done -> tellAll(reason));
  }

  private void cease(Ending reason) {
    over = true;
    ending = reason;
    clock.stop();
    commands.beatStops();
    PeerWatch.unregister(this);
    TlsUpgrade current = upgrade;
    if (current != null) {
      current.cancel();
    }
    bytes.release();
  }

  private void tellAll(Ending reason) {
    commands.failAll(reason, ready);
    closed.complete(null);
  }

  /** Takes leave when all that was given has been answered. */
  void close() {
    closing = true;
    pump();
  }

  private void leave() {
    cease(Ending.of(ConnectionException.closed()));
    Channel channel = context.channel();
    try {
      session.quit();
      bytes.send();
      bytes.sendTlsGoodbye();
    } catch (SSLException | RuntimeException e) {
      // A server that is gone needs no goodbye.
    }
    Future<?> patience = loop.schedule(() -> channel.close(), GOODBYE_NANOS, TimeUnit.NANOSECONDS);
    channel.closeFuture().addListener(done -> patience.cancel(false));
    channel
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(sent -> channel.close().addListener(done -> closed.complete(null)));
  }
}
