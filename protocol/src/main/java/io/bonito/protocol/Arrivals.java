package io.bonito.protocol;

import io.bonito.protocol.buffer.ByteReader;
import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.buffer.ReceiveBuffer;
import io.bonito.protocol.message.Ok;
import io.bonito.protocol.message.ServerError;
import io.bonito.protocol.packet.CompressedStream;
import io.bonito.protocol.packet.PacketReader;
import io.bonito.protocol.packet.PacketReader.Farewell;
import io.bonito.protocol.row.RowStore;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What has arrived from the server and has not been understood yet.
 *
 * <pre>
 *   bytes ──▶ (frames of compression) ──▶ packets ──▶ payloads of answers
 *                                            └──────▶ the server's good-bye, which answers nothing
 * </pre>
 */
final class Arrivals {
  private static final int INITIAL_CAPACITY = 16 * 1024;

  /** Nothing below this number answers a command of one packet. */
  private static final int UNASKED = 1;

  private final ReceiveBuffer received = new ReceiveBuffer(INITIAL_CAPACITY);
  private final PacketReader packets;
  private @Nullable CompressedStream compression;
  private @Nullable ServerError goodbye;

  Arrivals(int largestPayload) {
    packets = new PacketReader(received, largestPayload);
  }

  void limitPayload(int size) {
    packets.limitPayload(size);
  }

  void decompress(CompressedStream frames) {
    compression = frames;
  }

  /** Room for bytes that arrive; never empty. */
  ByteBuffer room() {
    return compression == null ? received.space() : compression.inbound();
  }

  void received(int count) {
    if (compression == null) {
      received.received(count);
    } else {
      compression.received(count);
    }
  }

  /** Whether anything is left, be it part of a packet. */
  boolean isEmpty() {
    return !packets.isMidPacket() && (compression == null || !compression.isMidFrame());
  }

  /**
   * Looks for the next packet of an answer.
   *
   * @param first whether it is the answer's first: then a good-bye may stand in its place
   */
  boolean next(int dueSequence, boolean first) {
    if (!packets.isJoining()) {
      // Within a payload of several packets the reader knows better.
      packets.expect(dueSequence);
    }
    do {
      if (first && packets.farewell(dueSequence) != Farewell.NONE) {
        takeFarewell();
      } else if (packets.next()) {
        return true;
      }
    } while (compression != null && compression.decompressInto(received));
    return false;
  }

  /** Looks for the packet that follows the last one in its answer. */
  boolean next() {
    while (!packets.next()) {
      if (compression == null || !compression.decompressInto(received)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Takes over the rows that have arrived whole and fill a packet each.
   *
   * @return whether there was at least one; if not, {@link #next()} must look
   */
  boolean takeRows(RowStore store, int most) {
    int from = received.start();
    int count = packets.passRun(Ok.END_HEADER, most);
    if (count == 0) {
      return false;
    }
    store.addPackets(received.bytes(), from, received.start() - from, count);
    return true;
  }

  PacketReader packets() {
    return packets;
  }

  ByteReader payload() {
    return packets.payload();
  }

  /** The number that the packet after this one must carry. */
  int sequence() {
    return packets.sequence();
  }

  /** Looks at what has arrived though nothing was asked: only a good-bye may. */
  void nextUnasked() {
    do {
      if (packets.farewell(UNASKED) != Farewell.NONE) {
        takeFarewell();
      } else if (packets.isMidPacket()) {
        requireFarewell("a packet that answers nothing");
      }
    } while (compression != null && compression.decompressInto(received));
  }

  /** Refuses what cannot become a good-bye any more. */
  void requireFarewell(String what) {
    while (received.size() < PacketReader.HEADER_SIZE
        && compression != null
        && compression.decompressInto(received)) {
      // A frame may hold less than a header.
    }
    if (received.size() >= PacketReader.HEADER_SIZE && packets.farewell(UNASKED) == Farewell.NONE) {
      throw new MalformedPacketException(what);
    }
  }

  private void takeFarewell() {
    packets.expectFarewell();
    if (packets.next()) {
      goodbye = ServerError.decode(packets.payload());
    }
  }

  /** The server has said why it closes the connection; whatever was sent since it has not read. */
  @Nullable ServerError goodbye() {
    return goodbye;
  }
}
