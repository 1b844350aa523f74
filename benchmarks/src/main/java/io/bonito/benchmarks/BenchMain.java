package io.bonito.benchmarks;

import io.bonito.testkit.server.ServerStartException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the benchmarks' commands have in common: help, and one sentence where something is wrong.
 */
public final class BenchMain {
  /** A benchmark. */
  public interface Body {
    /**
     * @param home the folder {@code target} of the benchmarks
     */
    void run(Path home, Words words) throws Exception;
  }

  private BenchMain() {}

  /**
   * Runs it and ends the process, as some drivers have threads that do not end.
   *
   * @param words first the folder {@code target} of the benchmarks, then the user's
   */
  public static void run(String[] words, String usage, Body body) {
    if (Arrays.asList(words).contains("--help")) {
      System.out.print(usage);
      return;
    }
    try {
      body.run(Path.of(words[0]), new Words(Arrays.copyOfRange(words, 1, words.length)));
      System.exit(0);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.print(usage);
      System.exit(2);
    } catch (IOException | ServerStartException e) {
      fail(e.getMessage());
    } catch (SQLException e) {
      fail(e.getMessage() + " (SQLState " + e.getSQLState() + ")");
    } catch (Exception e) {
      e.printStackTrace();
      fail("The benchmarks have failed.");
    }
  }

  private static void fail(@Nullable String sentence) {
    System.err.println(sentence);
    System.exit(1);
  }
}
