package io.bonito.pool.lending;

/** Seven words of nothing, so that the next word shares its cache line with none before it. */
abstract class Padding {
  protected long a1;
  protected long a2;
  protected long a3;
  protected long a4;
  protected long a5;
  protected long a6;
  protected long a7;
}

/**
 * One volatile word on a cache line of its own; {@link Slot} adds the other half of the padding.
 */
abstract class PaddedWord extends Padding {
  protected volatile long word;
}

/** The other half. */
abstract class PaddedBehind extends PaddedWord {
  protected long b1;
  protected long b2;
  protected long b3;
  protected long b4;
  protected long b5;
  protected long b6;
  protected long b7;
}
