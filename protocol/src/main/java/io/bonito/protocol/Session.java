package io.bonito.protocol;

import io.bonito.protocol.auth.Credentials;
import io.bonito.protocol.buffer.ByteWriter;
import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.buffer.RefusedDemandException;
import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.Exchange;
import io.bonito.protocol.exchange.LoginExchange;
import io.bonito.protocol.exchange.ResultExchange;
import io.bonito.protocol.exchange.SessionState;
import io.bonito.protocol.exchange.TlsPeer;
import io.bonito.protocol.exchange.Wire;
import io.bonito.protocol.message.Capability;
import io.bonito.protocol.message.Ok;
import io.bonito.protocol.message.ServerError;
import io.bonito.protocol.packet.CompressedStream;
import io.bonito.protocol.packet.PacketWriter;
import io.bonito.protocol.row.Columns;
import io.bonito.protocol.row.Row;
import io.bonito.protocol.row.RowStore;
import io.bonito.protocol.value.Codecs;
import io.bonito.protocol.value.ConversionException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a server, without the socket.
 *
 * <p>A transport moves bytes: it sends what is in {@link #outbound()} and puts what arrives into
 * {@link #inbound()}, reporting how much with {@link #received}. The owner gives commands and asks
 * for {@link #next()} until it says {@link Event#NEED_BYTES}. A session never blocks, calls nobody
 * back and never looks at a clock; it is used by one thread at a time.
 *
 * <pre>{@code
 * session.query("SELECT id FROM t");
 * for (Event event = session.next(); event != DONE; event = session.next()) {
 *   switch (event) {
 *     case NEED_BYTES -> transport.exchangeBytes(session);
 *     case ROW -> sum += session.row().getLong(0);
 *     case FAILED -> throw new QueryFailed(session.error());
 *     default -> {}
 *   }
 * }
 * }</pre>
 *
 * <p>The first events are the login's, ending with READY. Commands may be given at any time; they
 * are answered in their order, and written ahead of earlier answers only after {@link
 * #pipelining(boolean) pipelining(true)}.
 */
public final class Session implements Commands {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** No packet of a login is larger; a greeting has some 100 bytes. */
  private static final int LARGEST_LOGIN_PAYLOAD = 64 * 1024;

  private static final long MOST_LOGIN_BYTES = 256 * 1024;

  private final SessionOptions options;
  private final Arrivals arrivals = new Arrivals(LARGEST_LOGIN_PAYLOAD);
  private final ByteWriter toSend = new ByteWriter();
  private final SessionState state = new SessionState();
  private final Wire wire;
  private final LoginExchange login;
  private final ExchangeQueue queue;

  /** The exchange of the latest event. */
  private Exchange current;

  /** The exchange that the latest packet was for. */
  private @Nullable Exchange answering;

  /** The exchange whose rows are coming in; null before its columns and after the last row. */
  private @Nullable ResultExchange rows;

  private @Nullable CompressedStream compression;
  private boolean ready;
  private long loginBytes;
  private boolean unaskedBytes;
  private boolean peerClosed;
  private boolean expired;
  private boolean ended;

  public Session(SessionOptions options) {
    this.options = options;
    this.wire = new Wire(new PacketWriter(toSend), state, options.decoding());
    this.login = new LoginExchange(options.login());
    this.queue = new ExchangeQueue(wire, options.unansweredBytes());
    this.current = login;
    queue.add(login);
  }

  // Commands. Each is written now, or as soon as those before it allow.

  /** COM_CHANGE_USER: as {@link #resetConnection}, and another user or schema. */
  public Exchange changeUser(Credentials credentials, String schema) {
    return submit(login.changeUser(options.login().as(credentials, schema)));
  }

  /**
   * Gives a command of any kind.
   *
   * @throws ConversionException where it is written at once and turns out not to be expressible in
   *     the session's character set; nothing of it was written
   * @throws IllegalStateException after the session's end, or a login that failed
   */
  @Override
  public <E extends Exchange> E submit(E exchange) {
    requireOpen();
    // Whatever they are, they must not be taken for this command's answer.
    unaskedBytes |= ready && queue.isIdle() && !arrivals.isEmpty();
    queue.add(exchange);
    queue.takeBegunAlone();
    return exchange;
  }

  /**
   * Whether commands are written before earlier ones are answered. Off at first: some proxies and
   * old servers cannot bear it. Never together with compression, whose frames are numbered by
   * command.
   */
  public void pipelining(boolean on) {
    queue.pipelining(on && compression == null);
  }

  /**
   * Whether a command, if given now, is written at once. Where it is not, it waits for answers to
   * those before it, and is written whatever they say.
   */
  public boolean writesAtOnce(Exchange exchange) {
    return queue.writesAtOnce(exchange);
  }

  /** Refuses commands of so many bytes and more, as those are that cannot be expressed. */
  public void largestCommand(long limit) {
    wire.out().largestCommand(limit);
  }

  /**
   * True where the next statement to be prepared can be executed in the same write.
   *
   * <p>Servers number a session's statements by ones, so that from the second on the number to come
   * is known. Where it turns out otherwise, as behind a proxy, the execution {@linkplain
   * io.bonito.protocol.exchange.ExecuteExchange#wentAstray went astray}, and this is false from
   * then on.
   */
  public boolean executesUnanswered() {
    return queue.isPipelining() && state.foretellsStatements();
  }

  // Progress.

  /**
   * The next thing to know.
   *
   * @throws MalformedPacketException where the server breaks the protocol; the session has ended
   * @throws RefusedDemandException where it asks for what must not be given; the session has ended
   * @throws ConversionException where a queued command turned out not to be expressible in the
   *     session's character set, when its turn to be answered comes; {@link #exchange} is that
   *     command, it was not sent, and the session goes on
   * @throws IllegalStateException likewise, where the login did not agree on such commands
   */
  public Event next() {
    requireOpen();
    try {
      return advance();
    } catch (MalformedPacketException | RefusedDemandException e) {
      end();
      throw e;
    }
  }

  /**
   * The next thing to know, as {@link #next()}, but that rows go into {@code store} instead of
   * being reported one by one: all that have arrived, as many at once as can be.
   *
   * <p>Rows are looked at when they are moved to in the store, where a broken one is found.
   *
   * @param most rows to add at most; the others are not lost
   * @return {@link Event#ROW} where rows were added, be it one or many; {@link #row} says nothing
   *     then
   */
  public Event next(RowStore store, int most) {
    requireOpen();
    ResultExchange result = rows;
    if (result != null && !result.isDiscarded() && arrivals.takeRows(store, most)) {
      return Event.ROW;
    }
    Event event = next();
    if (event == Event.ROW) {
      store.add(row());
    }
    return event;
  }

  private Event advance() {
    if (rows != null) {
      return rowOrMore(rows);
    }
    if (expired) {
      end();
      return Event.EXPIRED;
    }
    if (!ready && loginBytes > MOST_LOGIN_BYTES) {
      throw new MalformedPacketException("a login of more than " + MOST_LOGIN_BYTES + " bytes");
    }
    if (unaskedBytes) {
      arrivals.requireFarewell("bytes that answer nothing were waiting before a command");
    }
    Exchange head = queue.head();
    if (head == null) {
      Exchange refused = queue.refused();
      if (refused != null) {
        current = refused;
        RuntimeException refusal = queue.takeRefusal();
        refuseEarlyAnswer(queue.takeBegunAlone());
        throw refusal;
      }
      arrivals.nextUnasked();
      return needBytes();
    }
    if (head.isComplete()) {
      removeHead();
      current = head;
      return Event.DONE;
    }
    Event due = head.due(wire);
    if (due != Event.NEED_BYTES) {
      return report(head, due);
    }
    while (arrivals.next(head.sequence(), ready && (head != answering || head.sequence() == 1))) {
      answering = head;
      head.sequence(arrivals.sequence());
      Event event = head.receive(arrivals.payload(), wire);
      refuseEarlyAnswer(ready && head.sequence() != arrivals.sequence());
      if (event == Event.NEED_BYTES) {
        event = head.look(arrivals.packets(), wire);
      }
      if (event != Event.NEED_BYTES) {
        return report(head, event);
      }
    }
    return needBytes();
  }

  /** The head is complete, and the commands that waited for it are written. */
  private void removeHead() {
    queue.remove();
    refuseEarlyAnswer(queue.takeBegunAlone());
  }

  /** Whatever was there before the server could read what was just written is no answer to it. */
  private void refuseEarlyAnswer(boolean written) {
    if (written && !arrivals.isEmpty()) {
      unaskedBytes = true;
      arrivals.requireFarewell("an answer that came before its command");
    }
  }

  /**
   * The way of the rows, once their columns have come: nothing but their own packets can be next,
   * so nothing else is looked at. The exchange is told the number of its packet at the end.
   */
  private Event rowOrMore(ResultExchange result) {
    while (arrivals.next()) {
      Event event = result.receive(arrivals.payload(), wire);
      if (event == Event.ROW) {
        return event;
      }
      if (event != Event.NEED_BYTES) {
        rows = null;
        result.sequence(arrivals.sequence());
        return report(result, event);
      }
    }
    return needBytes();
  }

  private Event report(Exchange head, Event event) {
    current = head;
    if (event == Event.START_TLS && !arrivals.isEmpty()) {
      throw new MalformedPacketException("bytes in the clear where TLS is due to begin");
    }
    if (event == Event.ROW || event == Event.COLUMNS) {
      ResultExchange result = (ResultExchange) head;
      rows = result.hasRowsNext() ? result : null;
    }
    if (event == Event.FAILED && !ready) {
      queue.close(); // what waits must never be written: perhaps it was to be encrypted
    } else if (event.completesExchange()) {
      removeHead();
      if (event == Event.READY) {
        loggedIn();
      }
    }
    return event;
  }

  private void loggedIn() {
    ready = true;
    arrivals.limitPayload(options.largestPayload());
    if (state.has(Capability.COMPRESS)) {
      if (!arrivals.isEmpty()) {
        throw new MalformedPacketException("bytes in the clear where compression is due to begin");
      }
      compression = new CompressedStream();
      arrivals.decompress(compression);
      queue.pipelining(false);
    }
  }

  private Event needBytes() {
    if (peerClosed || arrivals.goodbye() != null) {
      end();
      return Event.CLOSED;
    }
    return Event.NEED_BYTES;
  }

  private void end() {
    ended = true;
    if (compression != null) {
      compression.close();
    }
  }

  private void requireOpen() {
    if (ended) {
      throw new IllegalStateException("the session has ended");
    }
  }

  // What the last event was about.

  /** The command that the last event belongs to. */
  public Exchange exchange() {
    return current;
  }

  public Columns columns() {
    return current.columns();
  }

  /** The current row; the same object for every row of a result. */
  public Row row() {
    return result().row();
  }

  public Ok ok() {
    return current.ok();
  }

  public ServerError error() {
    return current.error();
  }

  /** Why the server has closed the connection, where it said so without being asked. */
  public @Nullable ServerError goodbye() {
    return arrivals.goodbye();
  }

  /** What is known of the session on the server. */
  public SessionState state() {
    return state;
  }

  /** The codecs that values are read with, and that parameters are to be given. */
  public Codecs codecs() {
    return options.decoding().codecs();
  }

  /** True once no further event will come: after a failure, EXPIRED or CLOSED. */
  public boolean hasEnded() {
    return ended;
  }

  /** True once the login is complete. */
  public boolean isReady() {
    return ready;
  }

  /** True when every command given has been answered. */
  public boolean isIdle() {
    return queue.isIdle();
  }

  // Answers to START_TLS and LOCAL_DATA.

  /** The transport now speaks TLS with {@code peer}. */
  public void tlsEstablished(TlsPeer peer) {
    login.tlsEstablished(peer);
  }

  /** A part of what the statement under way loads. */
  public void localData(byte[] data, int offset, int length) {
    result().localData(data, offset, length, wire);
  }

  /** The end of what the statement under way loads. */
  public void localDataEnd() {
    result().localDataEnd(wire);
  }

  private ResultExchange result() {
    if (current instanceof ResultExchange result) {
      return result;
    }
    throw new IllegalStateException("the command under way has no results");
  }

  // Bytes.

  /** Bytes to send, perhaps none. The transport moves the position as far as it got. */
  public ByteBuffer outbound() {
    if (ended) {
      return NOTHING;
    }
    if (compression == null) {
      return toSend.drain();
    }
    return compression.compress(toSend.drain(), wire.out().takeCommandBegun());
  }

  /** Room for bytes that arrive; never empty. Ends the validity of {@link #row()}. */
  public ByteBuffer inbound() {
    return arrivals.room();
  }

  /** Takes over {@code count} bytes that the transport has put into {@link #inbound()}. */
  public void received(int count) {
    arrivals.received(count);
    if (!ready) {
      loginBytes += count;
    }
  }

  /** The server has closed its side: nothing more will arrive. */
  public void endOfStream() {
    peerClosed = true;
  }

  // Time.

  /**
   * How long until the nearest deadline of a command that is not complete.
   *
   * @param now on the clock of {@link Exchange#deadline}
   * @return nanoseconds, 0 or less where it has passed, {@link Long#MAX_VALUE} where there is none
   */
  public long nanosLeft(long now) {
    return queue.nanosLeft(now);
  }

  /** Tells the time. Where a deadline has passed the next event is {@link Event#EXPIRED}. */
  public void timeReached(long now) {
    if (queue.nanosLeft(now) <= 0) {
      expired = true;
      rows = null;
    }
  }
}
