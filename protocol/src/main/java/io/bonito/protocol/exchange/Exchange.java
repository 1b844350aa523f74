package io.bonito.protocol.exchange;

import io.bonito.protocol.buffer.ByteReader;
import io.bonito.protocol.buffer.RefusedDemandException;
import io.bonito.protocol.message.Ok;
import io.bonito.protocol.message.ServerError;
import io.bonito.protocol.message.ServerStatus;
import io.bonito.protocol.packet.PacketReader;
import io.bonito.protocol.row.Columns;
import org.jspecify.annotations.Nullable;

/**
 * One command and the whole of its response.
 *
 * <p>An exchange is a small state machine: {@link #begin} writes the command, then each payload
 * from the server goes through {@link #receive}, which says what it meant. It neither sends nor
 * waits. Packets are numbered within their exchange, so that several can be under way at once.
 */
public abstract sealed class Exchange
    permits LoginExchange,
        ChangeUserExchange,
        PrepareExchange,
        ResultExchange,
        AcknowledgedExchange,
        ResetConnectionExchange,
        UnansweredExchange {
  private int sequence;
  private boolean complete;
  private boolean discarded;
  private boolean hasDeadline;
  private long deadlineNanos;
  private @Nullable Ok ok;
  private @Nullable ServerError error;

  /** Writes the command. */
  public abstract void begin(Wire wire);

  /**
   * Takes one payload of the response.
   *
   * @return what it meant, or {@link Event#NEED_BYTES} where it meant nothing by itself
   */
  public abstract Event receive(ByteReader payload, Wire wire);

  /**
   * Looks at the packets that have arrived behind one that meant nothing by itself, and takes what
   * it need not see one by one.
   */
  public Event look(PacketReader packets, Wire wire) {
    return Event.NEED_BYTES;
  }

  /**
   * What is to be reported before another packet is read: {@link Event#START_TLS} or {@link
   * Event#LOCAL_DATA} for as long as the exchange waits for its own side, an event that came
   * together with the last one, or {@link Event#NEED_BYTES} for nothing.
   */
  public Event due(Wire wire) {
    return Event.NEED_BYTES;
  }

  /** True where nothing may be written behind this command before it is complete. */
  public boolean isBarrier(SessionState state) {
    return false;
  }

  /** Whether it can be written right behind this command, before that is answered. */
  public boolean mayFollow(Exchange unanswered) {
    return true;
  }

  /** False for the commands that a server does not answer. */
  public boolean isAnswered() {
    return true;
  }

  /** About how many bytes {@link #begin} will write. */
  public abstract long sizeHint();

  /** The number of the packet that is due next, from either side. */
  public final int sequence() {
    return sequence;
  }

  public final void sequence(int due) {
    sequence = due;
  }

  /** True when the last result has ended and only {@link Event#DONE} is left to report. */
  public final boolean isComplete() {
    return complete;
  }

  /**
   * The time by which the response must be complete.
   *
   * @param nanos on the clock that {@code session.timeReached} is told
   */
  public final void deadline(long nanos) {
    hasDeadline = true;
    deadlineNanos = nanos;
  }

  public final boolean hasDeadline() {
    return hasDeadline;
  }

  public final long deadlineNanos() {
    return deadlineNanos;
  }

  /** From here on rows are passed over without being looked at, and not reported. */
  public final void discard() {
    discarded = true;
  }

  public final boolean isDiscarded() {
    return discarded;
  }

  /** The latest end of a result. */
  public final Ok ok() {
    return present(ok, "end of a result");
  }

  public final ServerError error() {
    return present(error, "error");
  }

  /** The columns of the latest result. */
  public Columns columns() {
    throw new IllegalStateException("this command has no rows");
  }

  /** A response that ended well. */
  final Event complete(Ok end, Wire wire) {
    complete = true;
    return resultEnd(end, wire);
  }

  final Event resultEnd(Ok end, Wire wire) {
    requireExpectedCharacterSet(end, wire.state());
    ok = end;
    wire.state().apply(end);
    return Event.RESULT_END;
  }

  /**
   * A switch of the character set in which statements are read is the application's to make, by a
   * SET of its own. Made by anything else it could turn data into commands.
   */
  private void requireExpectedCharacterSet(Ok end, SessionState state) {
    if (!end.has(ServerStatus.SESSION_STATE_CHANGED)) {
      return;
    }
    String switched = end.changes().variables().get("character_set_client");
    if (switched != null
        && !switched.equalsIgnoreCase("utf8mb4")
        && !switched.equalsIgnoreCase(state.clientCharset().name())
        && !maySwitchCharacterSet(state)) {
      throw new RefusedDemandException(
          "character_set_client became " + switched + " by a statement that is no SET");
    }
  }

  /** Whether the command is the application's own SET, or begins a session anew. */
  boolean maySwitchCharacterSet(SessionState state) {
    return false;
  }

  final void ended(Ok end, Wire wire) {
    resultEnd(end, wire);
  }

  final Event fail(ByteReader payload) {
    return fail(ServerError.decode(payload));
  }

  final Event fail(ServerError reason) {
    error = reason;
    return Event.FAILED;
  }

  static <T> T present(@Nullable T value, String what) {
    if (value == null) {
      throw new IllegalStateException("no event has brought the " + what);
    }
    return value;
  }
}
