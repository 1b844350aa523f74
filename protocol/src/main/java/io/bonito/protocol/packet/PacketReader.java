package io.bonito.protocol.packet;

import io.bonito.protocol.buffer.ByteReader;
import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.buffer.ReceiveBuffer;
import java.util.Arrays;

/**
 * Finds payloads in the byte stream.
 *
 * <pre>
 *   packet:  length(3) sequence(1) body(length)
 * </pre>
 *
 * <p>A body of exactly {@value #LARGEST_BODY} bytes says that the payload goes on in the next
 * packet, which may be empty.
 *
 * @see <a
 *     href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_packets.html">MySQL
 *     packets</a>
 */
public final class PacketReader {
  public static final int HEADER_SIZE = PacketHeader.SIZE;
  static final int LARGEST_BODY = PacketHeader.LARGEST_BODY;

  /** Servers' messages of errors have at most 512 characters. */
  private static final int LARGEST_FAREWELL = 4096;

  private final ReceiveBuffer received;
  private final ByteReader payload = new ByteReader();
  private byte[] joined = {};
  private int joinedSize;
  private boolean joining;
  private int sequence;
  private int largestPayload;

  public PacketReader(ReceiveBuffer received, int largestPayload) {
    this.received = received;
    this.largestPayload = largestPayload;
  }

  /** Payloads above this size are refused as soon as their header is seen. */
  public void limitPayload(int size) {
    largestPayload = size;
  }

  /** The sequence number that the next packet must carry, 0 to 255. */
  public int sequence() {
    return sequence;
  }

  public void expect(int next) {
    sequence = next & 0xFF;
  }

  /** True where the first packet of a payload has arrived and not the last. */
  public boolean isJoining() {
    return joining;
  }

  /** True while part of a packet has arrived, or part of a payload of several packets. */
  public boolean isMidPacket() {
    return joining || received.size() > 0;
  }

  /**
   * Whether what has arrived is the ERR packet by which a server says good-bye and has not read the
   * command that is waiting for an answer: numbered 0 where it came unasked; or, for a command of
   * several packets, with the number of the packet at which the server has stopped reading.
   *
   * @param due the number that an answer would have, from 1 on
   */
  public Farewell farewell(int due) {
    if (joining || received.size() < HEADER_SIZE) {
      return Farewell.NONE;
    }
    int at = received.start();
    if ((received.bytes()[at + 3] & 0xFF) >= due || bodySize() > LARGEST_FAREWELL) {
      return Farewell.NONE;
    }
    if (received.size() == HEADER_SIZE) {
      return Farewell.PARTIAL;
    }
    if (received.bytes()[at + HEADER_SIZE] != (byte) 0xFF) {
      return Farewell.NONE;
    }
    return received.size() < HEADER_SIZE + bodySize() ? Farewell.PARTIAL : Farewell.WHOLE;
  }

  /** Lets {@link #next} take the good-bye that has arrived, whatever its number. */
  public void expectFarewell() {
    expect(received.bytes()[received.start() + 3]);
  }

  /** How much of a server's good-bye has arrived. */
  public enum Farewell {
    /** It is none, or too little has arrived to tell. */
    NONE,
    PARTIAL,
    WHOLE
  }

  /** True when a whole payload has arrived; {@link #payload} then holds it until the next call. */
  public boolean next() {
    while (received.size() >= HEADER_SIZE) {
      int bodySize = bodySize();
      checkSequence();
      if (bodySize > largestPayload - joinedSize) {
        throw new MalformedPacketException(
            "payload of "
                + (joinedSize + (long) bodySize)
                + " bytes or more, at most "
                + largestPayload
                + " are taken");
      }
      if (received.size() < HEADER_SIZE + bodySize) {
        return false;
      }
      int bodyAt = received.start() + HEADER_SIZE;
      received.consume(HEADER_SIZE + bodySize);
      expect(sequence + 1);
      if (!joining && bodySize < LARGEST_BODY) {
        payload.wrap(received.bytes(), bodyAt, bodySize);
        return true;
      }
      join(bodyAt, bodySize);
      if (bodySize < LARGEST_BODY) {
        payload.wrap(joined, 0, joinedSize);
        joined = new byte[0]; // the reader keeps it alive as long as it is needed, and no longer
        joinedSize = 0;
        joining = false;
        return true;
      }
    }
    return false;
  }

  public ByteReader payload() {
    return payload;
  }

  /**
   * Passes over payloads that have arrived whole and have nothing to say one by one: those of one
   * packet each that begin with a byte below {@code limit}. They lie one behind the other, headers
   * and all, from {@code received.start()} before the call to where it is after it.
   *
   * @param most how many at most
   * @return how many; 0 where {@link #next} must look
   */
  public int passRun(int limit, int most) {
    if (joining) {
      return 0;
    }
    byte[] bytes = received.bytes();
    int end = received.end();
    int at = received.start();
    int due = sequence;
    int count = 0;
    // Room for a header and the first byte of a body.
    while (count < most && end - at > HEADER_SIZE) {
      int header = PacketHeader.read(bytes, at);
      int bodySize = PacketHeader.bodySize(header);
      if (PacketHeader.sequence(header) != due
          || bodySize > end - at - HEADER_SIZE
          || bodySize == 0
          || bodySize == LARGEST_BODY
          || bodySize > largestPayload
          || (bytes[at + HEADER_SIZE] & 0xFF) >= limit) {
        break;
      }
      at += HEADER_SIZE + bodySize;
      due = (due + 1) & 0xFF;
      count++;
    }
    received.consume(at - received.start());
    sequence = due;
    return count;
  }

  /** A hash of the next packet; 0 where it has not arrived whole. */
  public int hashOfNext() {
    if (joining || received.size() < HEADER_SIZE || received.size() < HEADER_SIZE + bodySize()) {
      return 0;
    }
    return hash(received.bytes(), received.start(), HEADER_SIZE + bodySize());
  }

  public static int hash(byte[] bytes, int offset, int length) {
    int hash = length;
    for (int i = offset; i < offset + length; i++) {
      hash = hash * 31 + bytes[i];
    }
    return hash ^ hash >>> 15;
  }

  /**
   * Passes over packets that are known, headers and all.
   *
   * @return false where other bytes have arrived, or too few, or the numbering is another
   */
  public boolean pass(byte[] known, int count) {
    int at = received.start();
    if (joining
        || received.size() < known.length
        || PacketHeader.sequence(PacketHeader.read(known, 0)) != sequence
        || !Arrays.equals(known, 0, known.length, received.bytes(), at, at + known.length)) {
      return false;
    }
    received.consume(known.length);
    expect(sequence + count);
    return true;
  }

  private int bodySize() {
    return PacketHeader.bodySize(PacketHeader.read(received.bytes(), received.start()));
  }

  private void checkSequence() {
    int actual = received.bytes()[received.start() + 3] & 0xFF;
    if (actual != sequence) {
      throw new MalformedPacketException("packet " + actual + " where " + sequence + " was due");
    }
  }

  private void join(int bodyAt, int bodySize) {
    int size = joinedSize + bodySize;
    if (size > joined.length) {
      joined =
          Arrays.copyOf(
              joined, (int) Math.min(Math.max(size, joined.length * 3L / 2), largestPayload));
    }
    System.arraycopy(received.bytes(), bodyAt, joined, joinedSize, bodySize);
    joinedSize = size;
    joining = true;
  }
}
