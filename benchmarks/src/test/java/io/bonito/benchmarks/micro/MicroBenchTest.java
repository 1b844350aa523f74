package io.bonito.benchmarks.micro;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

class MicroBenchTest {
  static {
    // Who else on this machine runs JMH is no matter where figures are worth nothing.
    System.setProperty("jmh.ignoreLock", "true");
  }

  /** Its figures are worth nothing; that there are any is what counts. */
  @Test
  void everyBenchmarkRunsAndGivesAScoreForEachOfItsParameters() throws Exception {
    Options once =
        new OptionsBuilder()
            .include("io\\.bonito\\.benchmarks\\.micro\\.")
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .measurementTime(TimeValue.milliseconds(1))
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();

    Collection<RunResult> results = new Runner(once).run();

    Set<String> names =
        results.stream()
            .map(result -> result.getParams().getBenchmark())
            .map(name -> name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(names)
        .containsExactly(
            "DecoderBenchmark.ascii",
            "DecoderBenchmark.bytes",
            "DecoderBenchmark.dateTimes",
            "DecoderBenchmark.dates",
            "DecoderBenchmark.decimals",
            "DecoderBenchmark.doubles",
            "DecoderBenchmark.ints",
            "DecoderBenchmark.longs",
            "DecoderBenchmark.notAscii",
            "DecoderBenchmark.times",
            "DecoderBenchmark.uuids",
            "PacketBenchmark.asOneRun",
            "PacketBenchmark.oneByOne",
            "SessionBenchmark.query");
    assertThat(results).hasSize(2 * 11 + 3 * 2 + 2 * 2);
    assertThat(results)
        .allSatisfy(
            result ->
                assertThat(result.getPrimaryResult().getScore())
                    .as(result.getParams().id())
                    .isPositive());
  }
}
