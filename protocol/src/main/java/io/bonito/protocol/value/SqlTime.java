package io.bonito.protocol.value;

import java.time.Duration;

/** A TIME as microseconds, between -838:59:59.999999 and 838:59:59.999999. */
final class SqlTime {
  static final long MICROS_PER_SECOND = 1_000_000;
  static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;

  /** 838:59:59.999999 */
  static final long MAX_MICROS = 3_020_399_999_999L;

  private SqlTime() {}

  /** Digits beyond microseconds are cut off. */
  static long micros(Duration duration) {
    // A negative duration counts its nanoseconds forward from the second below it.
    long nanos = duration.getNano();
    long seconds = duration.getSeconds();
    if (seconds > MAX_MICROS / MICROS_PER_SECOND || seconds < -MAX_MICROS / MICROS_PER_SECOND - 1) {
      throw tooLong(duration);
    }
    long micros = (seconds * 1_000_000_000 + nanos) / 1000;
    if (micros > MAX_MICROS || micros < -MAX_MICROS) {
      throw tooLong(duration);
    }
    return micros;
  }

  private static ConversionException tooLong(Duration duration) {
    return new ConversionException(duration + " is not within ±838:59:59.999999");
  }
}
