package io.bonito.benchmarks.entrant;

import io.bonito.benchmarks.contest.Load;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;

/**
 * Rows of twelve types, in binary, into the Java type of each.
 *
 * <pre>
 *   0 NULL bits(2) id(4) big(8) small(2) flag(1) ratio(8) price(text)
 *   day:  4  year(2) month(1) day(1)
 *   at:   7  year(2) month(1) day(1) hour(1) minute(1) second(1)
 *   time: 8  sign(1) days(4) hour(1) minute(1) second(1)
 *   name, note, data
 * </pre>
 */
final class BoundMixedBinary extends Bound {
  BoundMixedBinary(RawConnection connection, Command command) {
    super(connection, command, Load.MIXED);
  }

  @Override
  long row() {
    at += 3;
    long sum = Packets.int32(in, at) + Packets.int64(in, at + 4);
    sum += (short) Packets.uint16(in, at + 12) + in[at + 14];
    sum += (long) Double.longBitsToDouble(Packets.int64(in, at + 15));
    at += 23;
    kept[0] = decimal();
    kept[1] = date(at + 1);
    at += 5;
    kept[2] = LocalDateTime.of(date(at + 1), time(at + 5));
    at += 8;
    kept[3] = time(at + 6);
    at += 9;
    kept[4] = string();
    kept[5] = string();
    kept[6] = bytes();
    return sum;
  }

  /** Always two digits behind the point. */
  private BigDecimal decimal() {
    int length = in[at++];
    long whole = Packets.number(in, at, length - 3);
    int hundredths = (in[at + length - 2] - '0') * 10 + in[at + length - 1] - '0';
    at += length;
    return BigDecimal.valueOf(whole * 100 + hundredths, 2);
  }

  private LocalDate date(int from) {
    return LocalDate.of(Packets.uint16(in, from), in[from + 2], in[from + 3]);
  }

  private LocalTime time(int from) {
    return LocalTime.of(in[from], in[from + 1], in[from + 2]);
  }
}
