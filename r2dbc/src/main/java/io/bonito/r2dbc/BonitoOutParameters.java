package io.bonito.r2dbc;

import io.r2dbc.spi.OutParameters;

/**
 * What came out of a procedure, by the parameters' names and in their order; those that only go in
 * are not counted. Unlike a row it stays readable.
 */
final class BonitoOutParameters extends BonitoReadable implements OutParameters {
  BonitoOutParameters(BonitoRowMetadata metadata) {
    super(metadata);
  }
}
