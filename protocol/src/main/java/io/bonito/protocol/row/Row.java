package io.bonito.protocol.row;

import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.value.ColumnDecoder;
import io.bonito.protocol.value.ConversionException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * The current row of a result, read in place from the bytes received.
 *
 * <p>One object serves all rows of a result. What it says is true until it is moved, or the bytes
 * under it are. Columns count from 0. A getter that returns an object returns null for NULL; the
 * others throw {@link ConversionException} for it, so ask {@link #isNull} first. The conversions
 * are those of {@link ColumnDecoder}.
 */
public final class Row {
  private static final byte[] NO_BYTES = {};

  private final Columns columns;
  private final ColumnDecoder[] decoders;
  private final int[] offsets;
  private final int[] lengths;
  private byte[] bytes = NO_BYTES;
  private int start;
  private int size;

  public Row(Columns columns) {
    this.columns = columns;
    this.decoders = columns.decoders();
    this.offsets = new int[columns.count()];
    this.lengths = new int[columns.count()];
  }

  /**
   * Moves to the row in {@code length} bytes from {@code offset} on. They are not copied.
   *
   * @throws MalformedPacketException where these bytes are not exactly one row
   */
  public void moveTo(byte[] bytes, int offset, int length) {
    columns.layout().locate(bytes, offset, length, offsets, lengths);
    this.bytes = bytes;
    this.start = offset;
    this.size = length;
  }

  public Columns columns() {
    return columns;
  }

  /** The array that holds the row, with much else in it. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where the row begins in {@link #bytes()}. */
  public int start() {
    return start;
  }

  /** The row's size in bytes. */
  public int size() {
    return size;
  }

  /** Where a value begins in {@link #bytes()}. */
  public int offset(int column) {
    return offsets[column];
  }

  /** A value's size in bytes, or -1 for NULL. */
  public int length(int column) {
    return lengths[column];
  }

  public boolean isNull(int column) {
    return lengths[column] < 0;
  }

  public boolean getBoolean(int column) {
    return decoders[column].getBoolean(bytes, offsets[column], present(column));
  }

  public byte getByte(int column) {
    return decoders[column].getByte(bytes, offsets[column], present(column));
  }

  public short getShort(int column) {
    return decoders[column].getShort(bytes, offsets[column], present(column));
  }

  public int getInt(int column) {
    return decoders[column].getInt(bytes, offsets[column], present(column));
  }

  public long getLong(int column) {
    return decoders[column].getLong(bytes, offsets[column], present(column));
  }

  public float getFloat(int column) {
    return decoders[column].getFloat(bytes, offsets[column], present(column));
  }

  public double getDouble(int column) {
    return decoders[column].getDouble(bytes, offsets[column], present(column));
  }

  public @Nullable String getString(int column) {
    int length = lengths[column];
    return length < 0 ? null : decoders[column].getString(bytes, offsets[column], length);
  }

  public byte @Nullable [] getBytes(int column) {
    int length = lengths[column];
    return length < 0 ? null : decoders[column].getBytes(bytes, offsets[column], length);
  }

  public @Nullable BigDecimal getBigDecimal(int column) {
    int length = lengths[column];
    return length < 0 ? null : decoders[column].getBigDecimal(bytes, offsets[column], length);
  }

  public @Nullable BigInteger getBigInteger(int column) {
    int length = lengths[column];
    return length < 0 ? null : decoders[column].getBigInteger(bytes, offsets[column], length);
  }

  public @Nullable LocalDate getLocalDate(int column) {
    int length = lengths[column];
    return length < 0 ? null : decoders[column].getLocalDate(bytes, offsets[column], length);
  }

  public @Nullable LocalTime getLocalTime(int column) {
    int length = lengths[column];
    return length < 0 ? null : decoders[column].getLocalTime(bytes, offsets[column], length);
  }

  public @Nullable LocalDateTime getLocalDateTime(int column) {
    int length = lengths[column];
    return length < 0 ? null : decoders[column].getLocalDateTime(bytes, offsets[column], length);
  }

  public @Nullable Duration getDuration(int column) {
    int length = lengths[column];
    return length < 0 ? null : decoders[column].getDuration(bytes, offsets[column], length);
  }

  /** The value as the Java type that is natural for the column. */
  public @Nullable Object getObject(int column) {
    int length = lengths[column];
    return length < 0 ? null : decoders[column].getObject(bytes, offsets[column], length);
  }

  /** The value as a Java type of the caller's choice; see {@link ColumnDecoder#get}. */
  public <T> @Nullable T get(int column, Class<T> type) {
    int length = lengths[column];
    return length < 0 ? null : decoders[column].get(type, bytes, offsets[column], length);
  }

  /** Gives each value to a sink, where it lies. */
  public void pushTo(RowSink sink) {
    for (int column = 0; column < decoders.length; column++) {
      int length = lengths[column];
      if (length < 0) {
        sink.nullValue(column, decoders[column]);
      } else {
        sink.value(column, decoders[column], bytes, offsets[column], length);
      }
    }
    sink.endOfRow();
  }

  private int present(int column) {
    int length = lengths[column];
    if (length < 0) {
      throw new ConversionException(
          "column '" + columns.definition(column).name() + "' is NULL; ask isNull first");
    }
    return length;
  }
}
