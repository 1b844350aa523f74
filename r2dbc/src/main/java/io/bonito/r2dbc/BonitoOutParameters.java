package io.bonito.r2dbc;

import io.r2dbc.spi.OutParameters;
import io.r2dbc.spi.Result;

/**
 * What came out of a procedure, by the parameters' names and in their order; those that only go in
 * are not counted. Unlike a row they stay readable. They are their own segment, too.
 */
final class BonitoOutParameters extends BonitoReadable implements OutParameters, Result.OutSegment {
  BonitoOutParameters(BonitoRowMetadata metadata) {
    super(metadata);
  }

  @Override
  public OutParameters outParameters() {
    return this;
  }
}
