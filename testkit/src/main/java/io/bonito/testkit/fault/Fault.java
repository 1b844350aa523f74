package io.bonito.testkit.fault;

import java.time.Duration;

/**
 * Something that goes wrong at a place of a stream.
 *
 * <pre>{@code
 * Fault.at(Direction.TO_CLIENT, 2, 5).reset()      // 5 bytes of the third packet still pass
 * Fault.before(Direction.TO_CLIENT, 0).cut()       // the first packet came, none of it passes
 * Fault.after(Direction.TO_SERVER, 0).stall()      // the first packet passes, no more
 * }</pre>
 *
 * <p>Packets are counted from 0, in each connection and direction, from the connection's beginning
 * or the last {@link FaultProxy#mark}. A packet's bytes include its header of 4. A place behind the
 * packet's end is its end.
 *
 * @param packet index of the packet
 * @param offset how many of the packet's bytes pass first
 */
public record Fault(Direction direction, int packet, int offset, Action action) {

  /** What happens. */
  public sealed interface Action {
    /** Both sides see an orderly end of the stream (FIN). */
    record Cut() implements Action {}

    /** Both sides see a RST; over a Unix socket, which has none, a plain close. */
    record Reset() implements Action {}

    /** This direction ends with FIN; the other goes on. */
    record HalfClose() implements Action {}

    /**
     * Nothing more is read from the sender, until {@link FaultProxy#heal}: its writes will block.
     */
    record Stall() implements Action {}

    /** What the sender sends is taken and lost, until {@link FaultProxy#heal}. */
    record Swallow() implements Action {}

    /** The stream rests once for this time. */
    record Delay(Duration time) implements Action {}

    /** The packet passes twice; its offset does not matter. */
    record Duplicate() implements Action {}

    /** The rest of this packet is lost; what follows passes. */
    record Drop() implements Action {}

    /** These bytes come in between. */
    record Insert(byte[] bytes) implements Action {}

    /** From here on at most so many bytes pass in a second. */
    record Rate(int bytesPerSecond) implements Action {}

    /** From here on each write has at most so many bytes. */
    record Pieces(int size) implements Action {}
  }

  /** A place that waits for what shall happen there. */
  public record Place(Direction direction, int packet, int offset) {
    public Fault cut() {
      return with(new Action.Cut());
    }

    public Fault reset() {
      return with(new Action.Reset());
    }

    public Fault halfClose() {
      return with(new Action.HalfClose());
    }

    public Fault stall() {
      return with(new Action.Stall());
    }

    public Fault swallow() {
      return with(new Action.Swallow());
    }

    public Fault delay(Duration time) {
      return with(new Action.Delay(time));
    }

    public Fault duplicate() {
      return with(new Action.Duplicate());
    }

    public Fault drop() {
      return with(new Action.Drop());
    }

    public Fault insert(byte... bytes) {
      return with(new Action.Insert(bytes));
    }

    public Fault rate(int bytesPerSecond) {
      return with(new Action.Rate(bytesPerSecond));
    }

    public Fault pieces(int size) {
      return with(new Action.Pieces(size));
    }

    public Fault with(Action action) {
      return new Fault(direction, packet, offset, action);
    }
  }

  /** A place within a packet: so many of its bytes pass first. */
  public static Place at(Direction direction, int packet, int offset) {
    return new Place(direction, packet, offset);
  }

  /** When the first byte of a packet has come, and before it passes. */
  public static Place before(Direction direction, int packet) {
    return new Place(direction, packet, 0);
  }

  /** When a packet has passed, before the next comes. */
  public static Place after(Direction direction, int packet) {
    return new Place(direction, packet, Integer.MAX_VALUE);
  }
}
