package io.bonito.benchmarks;

import java.util.Arrays;

/**
 * A median and where it lies with a probability of 95 %.
 *
 * <p>The interval is the one between order statistics (a sign test turned round); it supposes
 * nothing about the distribution.
 */
public record Interval(double low, double median, double high) {
  private static final double NORMAL_95 = 1.96;

  public static Interval of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int count = sorted.length;
    int reach = (int) Math.ceil(NORMAL_95 * Math.sqrt(count) / 2);
    int middle = count / 2;
    double median = count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Interval(
        sorted[Math.max(0, (count - 1) / 2 - reach)],
        median,
        sorted[Math.min(count - 1, middle + reach)]);
  }

  /** The ratios, pair by pair. */
  public static Interval ofRatios(double[] values, double[] to) {
    double[] ratios = new double[values.length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = values[i] / Math.max(to[i], 1e-9);
    }
    return of(ratios);
  }
}
