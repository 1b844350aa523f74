package io.bonito.protocol.packet;

import io.bonito.protocol.buffer.ByteWriter;
import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.buffer.ReceiveBuffer;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The envelope that zlib compression puts between packets and bytes.
 *
 * <pre>
 *   frame:  compressed length(3)  sequence(1)  length before compression(3)  bytes
 * </pre>
 *
 * <p>A length of 0 says that the bytes were left as they are. Frames and packets end where they
 * like: one frame may hold several packets, or part of one. Frames are numbered apart from packets;
 * their numbers are not checked, since servers have got them wrong.
 *
 * @see <a
 *     href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_compression_packet.html">Compressed
 *     packet</a>
 */
public final class CompressedStream implements AutoCloseable {
  private static final int HEADER_SIZE = 7;
  private static final int LARGEST_FRAME = 0xFFFFFF;
  private static final int STEP = 64 * 1024;

  /** Below this size the envelope would cost more than it saves; the servers think so too. */
  private static final int SMALLEST_COMPRESSED = 50;

  private static final int INITIAL_CAPACITY = 16 * 1024;

  private final ReceiveBuffer raw = new ReceiveBuffer(INITIAL_CAPACITY);
  private final ByteWriter rawOut = new ByteWriter();
  private final Inflater inflater = new Inflater();
  private final Deflater deflater = new Deflater();
  private byte[] step = {};
  private int sequence;

  /** Room for frames that arrive. */
  public ByteBuffer inbound() {
    return raw.space();
  }

  public void received(int count) {
    raw.received(count);
  }

  /** True while part of a frame has arrived. */
  public boolean isMidFrame() {
    return raw.size() > 0;
  }

  /** Moves the content of one frame that has arrived whole; false where there is none. */
  public boolean decompressInto(ReceiveBuffer plain) {
    if (raw.size() < HEADER_SIZE) {
      return false;
    }
    byte[] bytes = raw.bytes();
    int at = raw.start();
    int size = int24(bytes, at);
    int plainSize = int24(bytes, at + 4);
    if (raw.size() < HEADER_SIZE + size) {
      return false;
    }
    sequence = (bytes[at + 3] + 1) & 0xFF;
    if (plainSize == 0) {
      plain.append(bytes, at + HEADER_SIZE, size);
    } else {
      inflate(bytes, at + HEADER_SIZE, size, plainSize, plain);
    }
    raw.consume(HEADER_SIZE + size);
    return true;
  }

  private void inflate(byte[] bytes, int offset, int size, int plainSize, ReceiveBuffer plain) {
    if (step.length == 0) {
      step = new byte[STEP];
    }
    inflater.reset();
    inflater.setInput(bytes, offset, size);
    int left = plainSize;
    try {
      while (left > 0) {
        int part = inflater.inflate(step, 0, Math.min(left, step.length));
        if (part == 0) {
          throw new MalformedPacketException(
              "a frame inflates to "
                  + (plainSize - left)
                  + " bytes where "
                  + plainSize
                  + " were announced");
        }
        plain.append(step, 0, part);
        left -= part;
      }
      // Nothing more may come out; one more byte asked for lets the checksum be seen.
      if (inflater.inflate(step, 0, 1) != 0 || !inflater.finished()) {
        throw new MalformedPacketException(
            "a frame inflates to more than the " + plainSize + " bytes announced");
      }
      if (inflater.getRemaining() != 0) {
        throw new MalformedPacketException(
            inflater.getRemaining() + " bytes after the end of what zlib has compressed");
      }
    } catch (DataFormatException e) {
      throw new MalformedPacketException("a frame that zlib cannot read: " + e.getMessage());
    }
  }

  /**
   * Puts what is waiting in {@code plain} into frames.
   *
   * @param commandBegins whether it begins with a command, which starts the numbering anew
   * @return what is to be sent
   */
  public ByteBuffer compress(ByteBuffer plain, boolean commandBegins) {
    if (plain.hasRemaining()) {
      rawOut.reclaim();
      if (commandBegins) {
        sequence = 0;
      }
      while (plain.hasRemaining()) {
        int size = Math.min(plain.remaining(), LARGEST_FRAME);
        frame(plain.array(), plain.arrayOffset() + plain.position(), size);
        plain.position(plain.position() + size);
      }
    }
    return rawOut.drain();
  }

  private void frame(byte[] bytes, int offset, int size) {
    int headerAt = rawOut.end();
    rawOut.writeZeros(HEADER_SIZE);
    boolean compressed = size >= SMALLEST_COMPRESSED && deflate(bytes, offset, size);
    if (!compressed) {
      rawOut.truncate(headerAt + HEADER_SIZE);
      rawOut.writeBytes(bytes, offset, size);
    }
    rawOut.setInt24(headerAt, rawOut.end() - headerAt - HEADER_SIZE);
    rawOut.setInt8(headerAt + 3, sequence);
    rawOut.setInt24(headerAt + 4, compressed ? size : 0);
    sequence = (sequence + 1) & 0xFF;
  }

  /** True where it has become smaller. */
  private boolean deflate(byte[] bytes, int offset, int size) {
    if (step.length == 0) {
      step = new byte[STEP];
    }
    deflater.reset();
    deflater.setInput(bytes, offset, size);
    deflater.finish();
    int written = 0;
    while (!deflater.finished()) {
      int part = deflater.deflate(step);
      written += part;
      if (written >= size) {
        return false;
      }
      rawOut.writeBytes(step, 0, part);
    }
    return true;
  }

  private static int int24(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF) << 16;
  }

  /** Gives back the memory that zlib holds outside of the heap. */
  @Override
  public void close() {
    inflater.end();
    deflater.end();
  }
}
