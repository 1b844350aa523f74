package io.bonito.r2dbc;

import io.r2dbc.spi.Result;
import io.r2dbc.spi.Row;

/** What results consist of. */
final class Segments {
  private Segments() {}

  /** The row is there while it is being mapped. */
  record OfRow(Row row) implements Result.RowSegment {}

  record OfCount(long value) implements Result.UpdateCount {}
}
