package io.bonito.protocol.row;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Keeps rows, for whoever wants to move among them: their bytes, as they came, in a few arrays.
 *
 * <pre>
 *   chunks   [ row row row … ]  [ row row … ]  …      a row lies within one chunk
 *   starts   chunk(32) offset(32)                     one for each row
 * </pre>
 *
 * <p>A row is copied when it is added, and found anew when it is moved to; that is one pass over
 * its lengths. Chunks grow, so that a small result costs little and a large one few arrays.
 */
public final class RowStore {
  private static final int FIRST_CHUNK = 1024;
  private static final int LARGEST_CHUNK = 1 << 20;

  private final List<byte[]> chunks = new ArrayList<>();
  private byte[] chunk = {};
  private int chunkEnd;
  private long[] starts = new long[16];
  private int[] sizes = new int[16];
  private int count;

  /** Adds the row that {@code row} is at. */
  public void add(Row row) {
    int size = row.size();
    if (size > chunk.length - chunkEnd) {
      int next = Math.min(LARGEST_CHUNK, Math.max(FIRST_CHUNK, chunk.length * 2));
      chunk = new byte[Math.max(next, size)];
      chunkEnd = 0;
      chunks.add(chunk);
    }
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, count + (count >> 1));
      sizes = Arrays.copyOf(sizes, starts.length);
    }
    System.arraycopy(row.bytes(), row.start(), chunk, chunkEnd, size);
    starts[count] = (long) (chunks.size() - 1) << 32 | chunkEnd;
    sizes[count] = size;
    count++;
    chunkEnd += size;
  }

  /**
   * Forgets all rows and keeps the memory, for another result. Only for whoever knows that no row
   * is read from here any more.
   */
  public void clear() {
    count = 0;
    chunkEnd = 0;
    chunks.clear();
    if (chunk.length > 0) {
      chunks.add(chunk);
    }
  }

  /** Bytes that {@link #clear} leaves in place. */
  public long retainedBytes() {
    return chunk.length + 12L * starts.length;
  }

  /** How many rows are kept. */
  public int count() {
    return count;
  }

  /** Puts another row, the one that {@code row} is at, in the place of one that was added. */
  public void replace(int index, Row row) {
    add(row);
    count--;
    starts[index] = starts[count];
    sizes[index] = sizes[count];
  }

  /** Takes a row out; those behind it move up. Its bytes stay until {@link #clear}. */
  public void remove(int index) {
    int behind = count - index - 1;
    System.arraycopy(starts, index + 1, starts, index, behind);
    System.arraycopy(sizes, index + 1, sizes, index, behind);
    count--;
  }

  /**
   * Moves {@code row}, of the same columns, to a row that was added.
   *
   * @param index from 0 to {@link #count} less one
   */
  public void moveTo(int index, Row row) {
    if (index >= count) {
      throw new IndexOutOfBoundsException("row " + index + " of " + count);
    }
    long start = starts[index];
    row.moveTo(chunks.get((int) (start >>> 32)), (int) start, sizes[index]);
  }
}
