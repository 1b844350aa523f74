package io.bonito.protocol.value;

import io.bonito.protocol.buffer.ByteWriter;
import io.bonito.protocol.value.Parameters.State;
import java.util.List;

/**
 * Rows of values for one statement, as a batch collects them: one row behind the other in arrays
 * that grow, so that a row is no object. Rows count from 0.
 */
public final class ParameterRows {
  private static final int FIRST_ROWS = 16;

  /** A time with microseconds, its type and its NULL bit; or a length and a type. */
  private static final int LARGEST_NUMBER = 16;

  /** No charset of the protocol needs more for a UTF-16 unit. */
  private static final int MOST_BYTES_PER_CHAR = 4;

  private final int width;
  private Parameters all;
  private int size;

  /**
   * @param like as the rows to come: they have as many values, and are written the same way
   */
  public ParameterRows(Parameters like) {
    this.width = like.count();
    this.all = like.unset(width);
  }

  /** Copies of these rows, of which there is one at least. */
  public static ParameterRows of(List<Parameters> rows) {
    ParameterRows copies = new ParameterRows(rows.get(0));
    rows.forEach(copies::add);
    return copies;
  }

  /** Adds a copy of a row's values. */
  public void add(Parameters row) {
    if (row.count() != width) {
      throw new IllegalArgumentException(row.count() + " values, where rows have " + width);
    }
    if ((size + 1) * width > all.count()) {
      Parameters larger = all.unset(Math.multiplyExact(Math.max(FIRST_ROWS, 2 * size), width));
      larger.copySlots(0, all, 0, size * width);
      all = larger;
    }
    all.copySlots(size * width, row, 0, width);
    size++;
  }

  public int size() {
    return size;
  }

  /** Values of each row. */
  public int width() {
    return width;
  }

  /** A row's values, to be sent alone. */
  public Parameters row(int row) {
    return rows(row, row + 1);
  }

  /** The values of several rows, one row behind the other. */
  public Parameters rows(int from, int to) {
    Parameters some = all.unset((to - from) * width);
    some.copySlots(0, all, from * width, (to - from) * width);
    return some;
  }

  /** Whether one of the values is NULL. */
  public boolean holdsNull() {
    for (int index = 0; index < size * width; index++) {
      if (all.state(index) == State.NULL) {
        return true;
      }
    }
    return false;
  }

  /** Bytes that a row takes in the binary format at most, types and NULL bits included. */
  public long mostBytes(int row) {
    long bytes = (long) LARGEST_NUMBER * width;
    for (int index = row * width; index < (row + 1) * width; index++) {
      Object object = all.object(index);
      if (object instanceof String text) {
        bytes += (long) MOST_BYTES_PER_CHAR * text.length();
      } else if (object instanceof byte[] array) {
        bytes += array.length;
      }
    }
    return bytes;
  }

  // ---- COM_STMT_BULK_EXECUTE

  /**
   * Adds a row to a bulk whose rows share their types.
   *
   * @param bulk the types of the rows before; all zero bits before the first row
   * @return whether it fits; otherwise {@code bulk} is as before and the row belongs to a new bulk
   */
  public boolean joinTypes(int row, short[] bulk) {
    int start = row * width;
    for (int i = 0; i < width; i++) {
      if (all.hasType(start + i) && bulk[i] != 0 && bulk[i] != (short) all.wireType(start + i)) {
        return false;
      }
    }
    for (int i = 0; i < width; i++) {
      if (all.hasType(start + i)) {
        bulk[i] = (short) all.wireType(start + i);
      }
    }
    return true;
  }

  /** Writes {@code type(2)} for each parameter, as the head of COM_STMT_BULK_EXECUTE. */
  public static void writeBulkTypes(short[] bulk, ByteWriter out) {
    for (short type : bulk) {
      // NULL in all rows.
      out.writeInt16(type == 0 ? ColumnType.NULL.code() : type);
    }
  }

  /**
   * Writes one row of COM_STMT_BULK_EXECUTE.
   *
   * <pre>
   *   [ indicator(1)  value, where the indicator is 0 ]…
   * </pre>
   *
   * <p>All rows of one command have the types that its head says; see {@link #joinTypes}.
   *
   * @throws ConversionException where text does not fit the charset; nothing is written then
   */
  public void writeBulkRow(int row, SqlCharset charset, ByteWriter out) {
    all.setCharset(charset);
    BinaryParameters.writeBulkRow(all, row * width, (row + 1) * width, out);
  }
}
