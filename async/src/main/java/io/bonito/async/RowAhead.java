package io.bonito.async;

import io.bonito.protocol.row.Row;
import org.jspecify.annotations.Nullable;

/**
 * One row that has come before anybody wanted it: only what stands behind the last row that was
 * wanted tells whether the answer ends there, and an end is told without being asked for. Such a
 * row is copied, since the bytes under it go; whoever asks in time never has one here.
 */
final class RowAhead {
  private static final byte[] NOTHING = {};

  private byte[] bytes = NOTHING;
  private @Nullable Row row;
  private boolean present;

  void keep(Row arrived) {
    int size = arrived.size();
    if (bytes.length < size) {
      bytes = new byte[size + (size >> 1)];
    }
    System.arraycopy(arrived.bytes(), arrived.start(), bytes, 0, size);
    Row kept = row;
    if (kept == null || kept.columns() != arrived.columns()) {
      kept = new Row(arrived.columns());
      row = kept;
    }
    kept.moveTo(bytes, 0, size);
    present = true;
  }

  /** The row, which is not here any more; null where there is none. Valid until the next one. */
  @Nullable Row take() {
    Row kept = present ? row : null;
    present = false;
    return kept;
  }
}
