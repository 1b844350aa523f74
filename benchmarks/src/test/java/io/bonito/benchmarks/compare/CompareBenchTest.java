package io.bonito.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareBenchTest {
  @TempDir Path folder;

  private Path kept(String name, String server, String commit, String cpuOfRival, String interval)
      throws Exception {
    return Files.writeString(
        folder.resolve(name),
        """
        {
          "machine": "a \\"small\\" one",
          "commit": "%s",
          "cells": [
            {"server": "%s", "load": "point", "format": "text", "carrier": "tcp", "reference": "bonito", "entries": [
              {"contender": "bonito", "windows": 30, "nanos": 50000.0, "nanosRatio": [1.0000, 1.0000, 1.0000], "cpuNanos": 10000.0, "cpuNanosRatio": [1.0000, 1.0000, 1.0000], "bytes": 400.0, "bytesRatio": [1.0000, 1.0000, 1.0000]},
              {"contender": "mariadb", "windows": 30, "nanos": 55000.0, "nanosRatio": [1.0000, 1.1000, 1.2000], "cpuNanos": %s, "cpuNanosRatio": [%s], "bytes": 1200.0, "bytesRatio": [3.0000, 3.0000, 3.0000]}]},
            {"server": "%s", "load": "rows", "format": "%s", "carrier": "tcp", "reference": "bonito", "entries": [
              {"contender": "bonito", "windows": 30, "nanos": 1.0, "nanosRatio": [1.0, 1.0, 1.0], "cpuNanos": 1.0, "cpuNanosRatio": [1.0, 1.0, 1.0], "bytes": 1.0, "bytesRatio": [1.0, 1.0, 1.0]}]}
          ]
        }
        """
            .formatted(commit, server, cpuOfRival, interval, server, commit));
  }

  @Test
  void cellsOfBothAreComparedWhateverTheServersVersion() throws Exception {
    Path a = kept("a.json", "MySQL Community Server, 8.0.33", "one", "12000.0", "1.1, 1.2, 1.3");
    Path b = kept("b.json", "MySQL Community Server, 9.7.0", "two", "18000.0", "1.7, 1.8, 1.9");

    assertThat(CompareBench.compare(a, b))
        .contains(
            "machine: a \"small\" one\n",
            "commit: A one; B two\n",
            "MySQL, point, text, tcp\n",
            "| bonito | 50.0 | 10.0 | 400 | 1.00 | 1.00 | 1.00 | 1.00 | 1.00 |  |",
            "| mariadb | 55.0 | 18.0 | 1,200 | 1.00 | 1.50 | 1.00 | 1.20 | 1.80 | * |",
            "Cells in both: 1; in A only: 1; in B only: 1");
  }

  @Test
  void intervalsThatTouchAreNotMarked() throws Exception {
    Path a = kept("a.json", "MySQL, 8.0.33", "one", "12000.0", "1.1, 1.2, 1.3");
    Path b = kept("b.json", "MySQL, 8.0.33", "two", "13000.0", "1.3, 1.35, 1.4");

    assertThat(CompareBench.compare(a, b)).contains("| 1.20 | 1.35 |  |");
  }

  @Test
  void filesOfDifferentServersHaveNothingInCommon() throws Exception {
    Path a = kept("a.json", "MySQL, 8.0.33", "one", "12000.0", "1.1, 1.2, 1.3");
    Path b = kept("b.json", "mariadb.org, 11.4.5-MariaDB", "two", "1.0", "1.1, 1.2, 1.3");

    assertThatThrownBy(() -> CompareBench.compare(a, b))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The two files have no cell in common.");
  }

  @Test
  void anotherFileIsRefusedByItsName() throws Exception {
    Path a = kept("a.json", "MySQL, 8.0.33", "one", "12000.0", "1.1, 1.2, 1.3");
    Path other = Files.writeString(folder.resolve("other.json"), "{\"fields\": \"none\"}");
    Path torn = Files.writeString(folder.resolve("torn.json"), "{\"cells\": [");

    assertThatThrownBy(() -> CompareBench.compare(a, other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("other.json was not written by ./bonito bench --json: there is no");
    assertThatThrownBy(() -> CompareBench.compare(torn, a))
        .hasMessageContaining("found the end at 11 where more was due");
  }
}
