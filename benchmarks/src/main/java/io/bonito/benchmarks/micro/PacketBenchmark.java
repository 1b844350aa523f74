package io.bonito.benchmarks.micro;

import io.bonito.protocol.buffer.ReceiveBuffer;
import io.bonito.protocol.packet.PacketReader;
import io.bonito.testkit.script.Frames;
import java.io.ByteArrayOutputStream;
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

/**
 * Packets split out of what has arrived: nanoseconds a packet, the copy into the buffer included
 * that a socket would make.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PacketBenchmark {
  private static final int PACKETS = 1000;

  /** Rows begin with less than this byte. */
  private static final int ROW_LIMIT = 0xFE;

  @Param({"8", "48", "1024"})
  int bodySize = 8;

  private byte[] stream = {};
  private ReceiveBuffer received = new ReceiveBuffer(1);
  private PacketReader reader = new PacketReader(received, Integer.MAX_VALUE);

  /** As many packets as are split at a time. */
  @Setup
  public void prepare() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < PACKETS; i++) {
      out.writeBytes(Frames.frame(i & 0xFF, new byte[bodySize]));
    }
    stream = out.toByteArray();
    received = new ReceiveBuffer(stream.length + 1);
    reader = new PacketReader(received, Integer.MAX_VALUE);
  }

  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public int oneByOne() {
    fill();
    int sum = 0;
    while (reader.next()) {
      sum += reader.payload().remaining();
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public int asOneRun() {
    fill();
    return reader.passRun(ROW_LIMIT, PACKETS);
  }

  private void fill() {
    received.append(stream, 0, stream.length);
    reader.expect(0);
  }
}
