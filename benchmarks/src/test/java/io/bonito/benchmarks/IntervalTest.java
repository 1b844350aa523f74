package io.bonito.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IntervalTest {
  @Test
  void theMedianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
    assertThat(Interval.of(new double[] {4, 1, 3, 2}).median()).isEqualTo(2.5);
  }

  @Test
  void aHundredValuesReachTenPlacesToEitherSide() {
    double[] values = new double[101];
    for (int i = 0; i < values.length; i++) {
      values[values.length - 1 - i] = i;
    }
    assertThat(Interval.of(values)).isEqualTo(new Interval(40, 50, 60));
  }

  @Test
  void aFewValuesSayNoMoreThanTheirRange() {
    assertThat(Interval.of(new double[] {3, 1, 2})).isEqualTo(new Interval(1, 2, 3));
  }

  @Test
  void ratiosAreTakenPairByPair() {
    Interval ratio = Interval.ofRatios(new double[] {2, 30, 400}, new double[] {1, 10, 100});
    assertThat(ratio).isEqualTo(new Interval(2, 3, 4));
  }
}
