package io.bonito.examples.columnar;

import io.bonito.protocol.row.Columns;
import io.bonito.protocol.row.RowSink;
import io.bonito.protocol.value.ColumnDecoder;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Keeps a result of numbers column by column: a {@code long[]} for integers, a {@code double[]} for
 * all others. Values are read where they lie among the bytes received.
 *
 * <pre>{@code
 * try (Result result = connection.query("SELECT id, price FROM item")) {
 *   NumberColumns numbers = new NumberColumns(result.columns());
 *   while (result.next()) {
 *     result.row().pushTo(numbers);
 *   }
 *   double[] prices = numbers.doubles(1);
 * }
 * }</pre>
 */
public class NumberColumns implements RowSink {
  private static final int FIRST_CAPACITY = 256;

  /** One of the two is used in each column; the other stays empty. */
  private final long[][] longs;

  private final double[][] doubles;
  private final BitSet[] nulls;
  private final boolean[] whole;
  private int rowCount;
  private int capacity = FIRST_CAPACITY;

  public NumberColumns(Columns columns) {
    int count = columns.count();
    longs = new long[count][0];
    doubles = new double[count][0];
    nulls = new BitSet[count];
    whole = new boolean[count];
    for (int column = 0; column < count; column++) {
      Class<?> type = columns.decoder(column).objectClass();
      whole[column] = type == Long.class || type == Integer.class;
      nulls[column] = new BitSet();
    }
    resize();
  }

  private void resize() {
    for (int column = 0; column < whole.length; column++) {
      if (whole[column]) {
        longs[column] = Arrays.copyOf(longs[column], capacity);
      } else {
        doubles[column] = Arrays.copyOf(doubles[column], capacity);
      }
    }
  }

  @Override
  public void value(int column, ColumnDecoder decoder, byte[] bytes, int offset, int length) {
    if (whole[column]) {
      longs[column][rowCount] = decoder.getLong(bytes, offset, length);
    } else {
      doubles[column][rowCount] = decoder.getDouble(bytes, offset, length);
    }
  }

  @Override
  public void nullValue(int column, ColumnDecoder decoder) {
    nulls[column].set(rowCount);
  }

  @Override
  public void endOfRow() {
    rowCount++;
    if (rowCount == capacity) {
      capacity *= 2;
      resize();
    }
  }

  public int rowCount() {
    return rowCount;
  }

  public boolean isNull(int column, int row) {
    return nulls[column].get(row);
  }

  /** A column of integers; 0 where it is NULL. */
  public long[] longs(int column) {
    if (!whole[column]) {
      throw new IllegalArgumentException("column " + column + " is not of integers");
    }
    return Arrays.copyOf(longs[column], rowCount);
  }

  /** A column of other numbers; 0 where it is NULL. */
  public double[] doubles(int column) {
    if (whole[column]) {
      throw new IllegalArgumentException("column " + column + " is of integers");
    }
    return Arrays.copyOf(doubles[column], rowCount);
  }
}
