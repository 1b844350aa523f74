package io.bonito.async;

import io.bonito.protocol.row.Row;
import org.jspecify.annotations.Nullable;

/** Makes a value of a row. */
@FunctionalInterface
public interface RowMapper<T extends @Nullable Object> {
  /**
   * Called on the event loop, once for each row in turn; must not wait.
   *
   * @param row read in place, valid during this call alone; columns count from 0
   */
  T map(Row row);
}
