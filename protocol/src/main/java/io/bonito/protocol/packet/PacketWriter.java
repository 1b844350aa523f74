package io.bonito.protocol.packet;

import io.bonito.protocol.buffer.ByteWriter;
import io.bonito.protocol.buffer.CommandTooLargeException;

/**
 * Puts payloads into packets.
 *
 * <p>A payload is written as if it were one packet. Where it turns out to be 16 MiB or more, {@link
 * #end} makes room for the headers of the further packets; a payload of an exact multiple of
 * {@value PacketReader#LARGEST_BODY} bytes ends with an empty one.
 */
public final class PacketWriter {
  private final ByteWriter out;
  private static final int NONE = -1;

  private int headerAt = NONE;
  private int sequence;
  private boolean commandBegun;
  private boolean command;
  private long largestCommand = Long.MAX_VALUE;

  public PacketWriter(ByteWriter out) {
    this.out = out;
  }

  /**
   * Sets what the server takes.
   *
   * @param limit bytes; a command must have fewer
   */
  public void largestCommand(long limit) {
    largestCommand = limit;
  }

  /** Starts a command: the numbering of packets begins again at zero. */
  public ByteWriter beginCommand() {
    commandBegun = true;
    ByteWriter body = beginReply(0);
    command = true;
    return body;
  }

  /** Starts a packet that continues an exchange under way, with the number that is due in it. */
  public ByteWriter beginReply(int dueSequence) {
    out.reclaim();
    command = false;
    sequence = dueSequence & 0xFF;
    headerAt = out.end();
    out.writeZeros(PacketReader.HEADER_SIZE);
    return out;
  }

  /**
   * Completes the packet.
   *
   * @return the sequence number that the answer must carry
   * @throws CommandTooLargeException where the server takes no command so large; it is to be
   *     {@linkplain #abandon abandoned} then
   */
  public int end() {
    int bodyAt = headerAt + PacketReader.HEADER_SIZE;
    int size = out.end() - bodyAt;
    if (command && size >= largestCommand) {
      throw new CommandTooLargeException(size, largestCommand);
    }
    if (size >= PacketReader.LARGEST_BODY) {
      return split(size);
    }
    writeHeader(headerAt, size);
    headerAt = NONE;
    return sequence;
  }

  /** Whether the command under way is larger already than the server takes. */
  public boolean isTooLarge() {
    return command && out.end() - headerAt - PacketReader.HEADER_SIZE >= largestCommand;
  }

  /** Whether a command has begun since this was last asked. */
  public boolean takeCommandBegun() {
    boolean begun = commandBegun;
    commandBegun = false;
    return begun;
  }

  /** Where the packet under way is written. */
  public ByteWriter body() {
    return out;
  }

  /** Forgets the packet under way, if any: what was to be written turned out to be impossible. */
  public void abandon() {
    if (headerAt != NONE) {
      out.truncate(headerAt);
      headerAt = NONE;
    }
  }

  private int split(int size) {
    int furtherHeaders = size / PacketReader.LARGEST_BODY;
    out.grow(furtherHeaders * PacketReader.HEADER_SIZE);
    byte[] bytes = out.array();
    int bodyAt = headerAt + PacketReader.HEADER_SIZE;
    // From the last part to the first, so that no part is overwritten before it has moved.
    for (int part = furtherHeaders; part > 0; part--) {
      int from = bodyAt + part * PacketReader.LARGEST_BODY;
      int to = from + part * PacketReader.HEADER_SIZE;
      System.arraycopy(
          bytes, from, bytes, to, Math.min(PacketReader.LARGEST_BODY, bodyAt + size - from));
    }
    int at = headerAt;
    int left = size;
    for (int part = 0; part <= furtherHeaders; part++) {
      int partSize = Math.min(left, PacketReader.LARGEST_BODY);
      writeHeader(at, partSize);
      at += PacketReader.HEADER_SIZE + partSize;
      left -= partSize;
    }
    headerAt = NONE;
    return sequence;
  }

  private void writeHeader(int at, int size) {
    out.setInt24(at, size);
    out.setInt8(at + 3, sequence);
    sequence = (sequence + 1) & 0xFF;
  }
}
