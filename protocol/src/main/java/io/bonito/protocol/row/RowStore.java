package io.bonito.protocol.row;

import io.bonito.protocol.packet.PacketHeader;
import java.util.Arrays;

/**
 * Keeps rows, for whoever wants to move among them: their bytes, as they came, in a few arrays.
 *
 * <pre>
 *   chunks   [ header row  header row  … ]  [ header row  … ]  …     a row lies within one chunk
 *   header   that of its packet; of a row of 16 MiB or more  FF FF FF 00 size(4)
 * </pre>
 *
 * <p>Rows are copied when they are added, as many at once as have arrived, and found and checked
 * when they are moved to. Reading on needs nothing but the headers; whoever jumps has an index
 * made. Chunks grow, so that a small result costs little and a large one few arrays.
 */
public final class RowStore {
  private static final int FIRST_CHUNK = 1024;
  private static final int LARGEST_CHUNK = 1 << 20;
  private static final int LARGE_HEADER_SIZE = PacketHeader.SIZE + 4;
  private static final byte[] NO_CHUNK = {};

  private byte[][] chunks = {NO_CHUNK};
  private int[] chunkEnds = {0};

  /** Index of the chunk that is being filled. */
  private int last;

  private int count;
  private long size;

  /** Where the row after the one moved to last begins. */
  private int next;

  private int nextChunk;
  private int nextAt;

  /** {@code chunk(32) offset(32)} of each row's header, for the first so many rows. */
  private long[] starts = {};

  private int indexed;

  /** True once rows are in another order than they lie in. */
  private boolean scattered;

  /** Adds the row that {@code row} is at. */
  public void add(Row row) {
    int size = row.size();
    boolean large = size >= PacketHeader.LARGEST_BODY;
    int start = room((large ? LARGE_HEADER_SIZE : PacketHeader.SIZE) + size);
    byte[] chunk = chunks[last];
    int at = start;
    PacketHeader.write(chunk, at, Math.min(size, PacketHeader.LARGEST_BODY));
    at += PacketHeader.SIZE;
    if (large) {
      PacketHeader.write(chunk, at, size);
      at += 4;
    }
    System.arraycopy(row.bytes(), row.start(), chunk, at, size);
    count++;
    this.size += size;
    if (scattered) {
      index(last, start, count - 1);
    }
  }

  /**
   * Adds rows that lie one behind the other, each in a packet of its own with its header.
   *
   * @param rows how many they are
   */
  public void addPackets(byte[] bytes, int offset, int length, int rows) {
    int at = room(length);
    System.arraycopy(bytes, offset, chunks[last], at, length);
    count += rows;
    if (scattered) {
      index(last, at, count - rows);
    }
    size += length - (long) rows * PacketHeader.SIZE;
  }

  /** Makes room at the end of the last chunk, or of a new one. */
  private int room(int size) {
    int at = chunkEnds[last];
    if (size > chunks[last].length - at) {
      int length = chunks[last].length;
      int capacity = Math.max(size, Math.min(LARGEST_CHUNK, Math.max(FIRST_CHUNK, length * 2)));
      if (at > 0) {
        last++;
        if (last == chunks.length) {
          chunks = Arrays.copyOf(chunks, last * 2);
          chunkEnds = Arrays.copyOf(chunkEnds, last * 2);
        }
      }
      chunks[last] = new byte[capacity];
      at = 0;
    }
    chunkEnds[last] = at + size;
    return at;
  }

  /**
   * Forgets all rows and keeps the memory, for another result. Only for whoever knows that no row
   * is read from here any more.
   */
  public void clear() {
    byte[] kept = chunks[last];
    if (last > 0) {
      chunks = new byte[1][];
      chunkEnds = new int[1];
      last = 0;
      chunks[0] = kept;
    }
    chunkEnds[0] = 0;
    count = 0;
    size = 0;
    next = 0;
    nextChunk = 0;
    nextAt = 0;
    indexed = 0;
    scattered = false;
  }

  /** Bytes that {@link #clear} leaves in place. */
  public long retainedBytes() {
    return chunks[last].length + 8L * starts.length;
  }

  /** Bytes of all rows. */
  public long size() {
    return size;
  }

  /** How many rows are kept. */
  public int count() {
    return count;
  }

  /** Puts another row, the one that {@code row} is at, in the place of one that was added. */
  public void replace(int index, Row row) {
    scatter();
    add(row);
    count--;
    indexed = count;
    starts[index] = starts[count];
  }

  /** Takes a row out; those behind it move up. Its bytes stay until {@link #clear}. */
  public void remove(int index) {
    scatter();
    System.arraycopy(starts, index + 1, starts, index, count - index - 1);
    count--;
    indexed = count;
  }

  /** From here on only the index tells where rows are. */
  private void scatter() {
    index();
    scattered = true;
  }

  /**
   * Moves {@code row}, of the same columns, to a row that was added.
   *
   * @param index from 0 to {@link #count} less one
   * @throws io.bonito.protocol.buffer.MalformedPacketException where it is no row of these columns
   */
  public void moveTo(int index, Row row) {
    if (scattered || index != next) {
      jump(index);
    } else if (index >= count) {
      throw new IndexOutOfBoundsException("row " + index + " of " + count);
    }
    if (nextAt == chunkEnds[nextChunk]) {
      nextChunk++;
      nextAt = 0;
    }
    byte[] chunk = chunks[nextChunk];
    int size = PacketHeader.bodySize(PacketHeader.read(chunk, nextAt));
    int at = nextAt + PacketHeader.SIZE;
    if (size == PacketHeader.LARGEST_BODY) {
      size = PacketHeader.read(chunk, at);
      at += 4;
    }
    next = index + 1;
    nextAt = at + size;
    row.moveTo(chunk, at, size);
  }

  private void jump(int index) {
    if (index < 0 || index >= count) {
      throw new IndexOutOfBoundsException("row " + index + " of " + count);
    }
    index();
    nextChunk = (int) (starts[index] >>> 32);
    nextAt = (int) starts[index];
  }

  private void index() {
    if (indexed < count) {
      index(0, 0, 0);
    }
  }

  /** Indexes rows from that on which lies there. */
  private void index(int firstChunk, int firstAt, int firstRow) {
    if (starts.length < count) {
      starts = Arrays.copyOf(starts, Math.max(count, starts.length * 2));
    }
    int chunk = firstChunk;
    int at = firstAt;
    for (int row = firstRow; row < count; row++) {
      if (at == chunkEnds[chunk]) {
        chunk++;
        at = 0;
      }
      starts[row] = (long) chunk << 32 | at;
      at += sizeWithHeader(chunks[chunk], at);
    }
    indexed = count;
  }

  private static int sizeWithHeader(byte[] chunk, int at) {
    int size = PacketHeader.bodySize(PacketHeader.read(chunk, at));
    return size == PacketHeader.LARGEST_BODY
        ? LARGE_HEADER_SIZE + PacketHeader.read(chunk, at + PacketHeader.SIZE)
        : PacketHeader.SIZE + size;
  }
}
