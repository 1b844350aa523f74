package io.bonito.benchmarks.micro;

import java.util.Arrays;
import org.openjdk.jmh.Main;

/** Runs the micro-benchmarks; the options are JMH's own. */
public final class MicroBench {
  private MicroBench() {}

  /**
   * @param words as JMH takes them
   */
  public static void main(String[] words) throws Exception {
    if (Arrays.asList(words).contains("--help")) {
      System.out.print(
          """
          usage: ./bonito bench micro [JMH's own option …] [regular expression …]
            DecoderBenchmark   each decoder, text and binary: ns a value
            PacketBenchmark    packets split out of what has arrived: ns a packet
            SessionBenchmark   a query of 1 and of 1000 rows through the session, without a socket
            -l lists all, -h tells JMH's options; -prof gc adds the bytes allocated
          """);
      return;
    }
    Main.main(words);
  }
}
