package io.bonito.benchmarks.micro;

import io.bonito.protocol.value.WireFormat;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Each decoder, from the bytes of a row to the Java type of its column: nanoseconds a value. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DecoderBenchmark {
  @Param WireFormat format = WireFormat.TEXT;

  private Samples ints = Samples.ints(format);
  private Samples longs = Samples.longs(format);
  private Samples decimals = Samples.decimals(format);
  private Samples doubles = Samples.doubles(format);
  private Samples dates = Samples.dates(format);
  private Samples times = Samples.times(format);
  private Samples dateTimes = Samples.dateTimes(format);
  private Samples ascii = Samples.ascii(format);
  private Samples notAscii = Samples.notAscii(format);
  private Samples bytes = Samples.bytes(format);
  private Samples uuids = Samples.uuids(format);

  /** With the format that is due. */
  @Setup
  public void prepare() {
    ints = Samples.ints(format);
    longs = Samples.longs(format);
    decimals = Samples.decimals(format);
    doubles = Samples.doubles(format);
    dates = Samples.dates(format);
    times = Samples.times(format);
    dateTimes = Samples.dateTimes(format);
    ascii = Samples.ascii(format);
    notAscii = Samples.notAscii(format);
    bytes = Samples.bytes(format);
    uuids = Samples.uuids(format);
  }

  @Benchmark
  @OperationsPerInvocation(Samples.COUNT)
  public void ints(Blackhole hole) {
    Samples all = ints;
    for (int i = 0; i < Samples.COUNT; i++) {
      hole.consume(all.decoder.getInt(all.bytes, all.offsets[i], all.lengths[i]));
    }
  }

  @Benchmark
  @OperationsPerInvocation(Samples.COUNT)
  public void longs(Blackhole hole) {
    Samples all = longs;
    for (int i = 0; i < Samples.COUNT; i++) {
      hole.consume(all.decoder.getLong(all.bytes, all.offsets[i], all.lengths[i]));
    }
  }

  @Benchmark
  @OperationsPerInvocation(Samples.COUNT)
  public void decimals(Blackhole hole) {
    Samples all = decimals;
    for (int i = 0; i < Samples.COUNT; i++) {
      hole.consume(all.decoder.getBigDecimal(all.bytes, all.offsets[i], all.lengths[i]));
    }
  }

  @Benchmark
  @OperationsPerInvocation(Samples.COUNT)
  public void doubles(Blackhole hole) {
    Samples all = doubles;
    for (int i = 0; i < Samples.COUNT; i++) {
      hole.consume(all.decoder.getDouble(all.bytes, all.offsets[i], all.lengths[i]));
    }
  }

  @Benchmark
  @OperationsPerInvocation(Samples.COUNT)
  public void dates(Blackhole hole) {
    Samples all = dates;
    for (int i = 0; i < Samples.COUNT; i++) {
      hole.consume(all.decoder.getLocalDate(all.bytes, all.offsets[i], all.lengths[i]));
    }
  }

  @Benchmark
  @OperationsPerInvocation(Samples.COUNT)
  public void times(Blackhole hole) {
    Samples all = times;
    for (int i = 0; i < Samples.COUNT; i++) {
      hole.consume(all.decoder.getLocalTime(all.bytes, all.offsets[i], all.lengths[i]));
    }
  }

  @Benchmark
  @OperationsPerInvocation(Samples.COUNT)
  public void dateTimes(Blackhole hole) {
    Samples all = dateTimes;
    for (int i = 0; i < Samples.COUNT; i++) {
      hole.consume(all.decoder.getLocalDateTime(all.bytes, all.offsets[i], all.lengths[i]));
    }
  }

  @Benchmark
  @OperationsPerInvocation(Samples.COUNT)
  public void ascii(Blackhole hole) {
    Samples all = ascii;
    for (int i = 0; i < Samples.COUNT; i++) {
      hole.consume(all.decoder.getString(all.bytes, all.offsets[i], all.lengths[i]));
    }
  }

  @Benchmark
  @OperationsPerInvocation(Samples.COUNT)
  public void notAscii(Blackhole hole) {
    Samples all = notAscii;
    for (int i = 0; i < Samples.COUNT; i++) {
      hole.consume(all.decoder.getString(all.bytes, all.offsets[i], all.lengths[i]));
    }
  }

  @Benchmark
  @OperationsPerInvocation(Samples.COUNT)
  public void bytes(Blackhole hole) {
    Samples all = bytes;
    for (int i = 0; i < Samples.COUNT; i++) {
      hole.consume(all.decoder.getBytes(all.bytes, all.offsets[i], all.lengths[i]));
    }
  }

  @Benchmark
  @OperationsPerInvocation(Samples.COUNT)
  public void uuids(Blackhole hole) {
    Samples all = uuids;
    for (int i = 0; i < Samples.COUNT; i++) {
      hole.consume(all.decoder.getUuid(all.bytes, all.offsets[i], all.lengths[i]));
    }
  }
}
