package io.bonito.r2dbc;

import io.r2dbc.spi.Row;

/** The row that a mapping function has before it, while it has: the bytes under it go then. */
final class BonitoRow extends BonitoReadable implements Row {
  BonitoRow(BonitoRowMetadata metadata) {
    super(metadata);
  }
}
