package io.bonito.benchmarks.entrant;

import io.bonito.benchmarks.contest.Load;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;

/** Rows of twelve types, as text, into the Java type of each. */
final class BoundMixedText extends Bound {
  private static final double[] POWERS_OF_TEN = {1, 10, 100, 1000, 10_000, 100_000, 1_000_000};

  BoundMixedText(RawConnection connection, Command command) {
    super(connection, command, Load.MIXED);
  }

  @Override
  long row() {
    long sum = number() + number() + number() + number();
    sum += (long) real();
    kept[0] = decimal();
    kept[1] = date();
    kept[2] = dateTime();
    kept[3] = time();
    kept[4] = string();
    kept[5] = string();
    kept[6] = bytes();
    return sum;
  }

  /** Digits, perhaps with a point among them. */
  private double real() {
    int length = in[at++];
    int last = at + length;
    long digits = 0;
    int fraction = -1;
    for (; at < last; at++) {
      if (in[at] == '.') {
        fraction = 0;
      } else {
        digits = digits * 10 + in[at] - '0';
        fraction += fraction >= 0 ? 1 : 0;
      }
    }
    return fraction > 0 ? digits / POWERS_OF_TEN[fraction] : digits;
  }

  /** Always two digits behind the point. */
  private BigDecimal decimal() {
    int length = in[at++];
    long whole = Packets.number(in, at, length - 3);
    int hundredths = (in[at + length - 2] - '0') * 10 + in[at + length - 1] - '0';
    at += length;
    return BigDecimal.valueOf(whole * 100 + hundredths, 2);
  }

  /** 2001-02-03. */
  private LocalDate date() {
    at += 11;
    return date(at - 10);
  }

  /** 2001-02-03 04:05:06. */
  private LocalDateTime dateTime() {
    at += 20;
    return LocalDateTime.of(date(at - 19), time(at - 8));
  }

  /** 04:05:06. */
  private LocalTime time() {
    at += 9;
    return time(at - 8);
  }

  private LocalDate date(int from) {
    return LocalDate.of(two(from) * 100 + two(from + 2), two(from + 5), two(from + 8));
  }

  private LocalTime time(int from) {
    return LocalTime.of(two(from), two(from + 3), two(from + 6));
  }

  private int two(int from) {
    return (in[from] - '0') * 10 + in[from + 1] - '0';
  }
}
