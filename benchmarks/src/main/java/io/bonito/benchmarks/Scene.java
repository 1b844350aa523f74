package io.bonito.benchmarks;

import io.bonito.benchmarks.contest.Carrier;
import io.bonito.benchmarks.contest.Format;
import io.bonito.benchmarks.contest.Load;
import java.math.BigDecimal;
import java.util.Locale;

/**
 * What all contenders of a cell do, and where.
 *
 * @param server its name and version, and whether it was a replay
 * @param delayMillis that a round trip was made to take longer
 */
record Scene(String server, Load load, Format format, Carrier carrier, double delayMillis) {

  String title() {
    return load.title()
        + (load.hasFormats() ? ", " + format.name().toLowerCase(Locale.ROOT) : "")
        + (carrier == Carrier.TCP ? "" : ", " + carrier.name())
        + (delayMillis == 0 ? "" : ", " + delay() + " ms of delay");
  }

  private String delay() {
    return BigDecimal.valueOf(delayMillis).stripTrailingZeros().toPlainString();
  }
}
