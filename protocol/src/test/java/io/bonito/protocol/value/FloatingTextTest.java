package io.bonito.protocol.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The ways for common numbers against those that are right for all. */
class FloatingTextTest {
  private static final int NUMBERS = 200_000;
  private static final MathContext SIX_DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);

  private final Random random = new Random(4711);

  @Test
  void aFloatIsRoundedToSixDigitsAsItsExactNumberIs() {
    for (int i = 0; i < NUMBERS; i++) {
      // Half of them end in a five behind their sixth digit, or close to it.
      float value =
          i % 2 == 0
              ? (float) Math.scalb(random.nextDouble() - 0.5, random.nextInt(70) - 25)
              : (float)
                  ((random.nextInt(2_000_000) * 10L + 5) * Math.pow(10, random.nextInt(16) - 11));
      double size = Math.abs(value);
      if (size >= 1e-9 && size < 1e14) {
        String rounded =
            new BigDecimal(value).round(SIX_DIGITS).stripTrailingZeros().toPlainString();
        assertThat(FloatingText.ofFloat(value)).isEqualTo(rounded);
      }
    }
  }

  @Test
  void aDoubleThatWasADecimalNumberIsThatAgain() {
    for (int i = 0; i < NUMBERS; i++) {
      long digits = Math.abs(random.nextLong()) % (long) Math.pow(10, 1 + random.nextInt(15));
      int places = random.nextInt(16);
      BigDecimal number = BigDecimal.valueOf(i % 2 == 0 ? digits : -digits, places);
      double value = number.doubleValue();
      if (value != 0) {
        assertThat(FloatingText.ofDouble(value))
            .isEqualTo(number.stripTrailingZeros().toPlainString());
        int more = random.nextInt(4);
        assertThat(FloatingText.fixed(value, places + more))
            .isEqualTo(number.setScale(places + more).toPlainString());
      }
    }
  }

  @Test
  void aDoubleOfAnyDigitsIsReadBackAsItself() {
    for (int i = 0; i < NUMBERS / 10; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        assertThat(Double.parseDouble(FloatingText.ofDouble(value))).isEqualTo(value);
      }
    }
  }

  @Test
  void aFixedNumberIsRoundedAsItsExactNumberIs() {
    for (int i = 0; i < NUMBERS; i++) {
      double value = (random.nextInt(2_000_000) - 1_000_000) / 1000.0;
      String text = FloatingText.fixed(value, 3);
      assertThat(text).isEqualTo(BigDecimal.valueOf(value).setScale(3).toPlainString());
      if (value % 1 != 0) {
        assertThat(new BigDecimal(FloatingText.fixed(value / 7, 2)))
            .isEqualByComparingTo(new BigDecimal(value / 7).setScale(2, RoundingMode.HALF_EVEN));
      }
    }
  }
}
