package io.bonito.r2dbc;

import io.r2dbc.spi.Result;
import io.r2dbc.spi.Row;

/**
 * The row that a mapping function has before it, while it has: the bytes under it go then. It is
 * its own segment, too.
 */
final class BonitoRow extends BonitoReadable implements Row, Result.RowSegment {
  BonitoRow(BonitoRowMetadata metadata) {
    super(metadata);
  }

  @Override
  public Row row() {
    return this;
  }
}
