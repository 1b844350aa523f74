package io.bonito.pool.recording;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.pool.PooledDataSource;
import io.bonito.pool.lending.Budget;
import io.bonito.pool.lending.Settings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RecordingTest {
  @TempDir private Path folder;

  @Test
  void aRecordingHasWaitsOpeningsExhaustionsLeaksAndCloses() throws Exception {
    try (jdk.jfr.Recording recording = new jdk.jfr.Recording()) {
      for (String event : List.of("BorrowWait", "Open", "Close", "Exhausted", "Leak")) {
        recording.enable("io.bonito.pool." + event).withoutThreshold();
      }
      recording.start();
      live("recorded");
      recording.stop();
      Path file = folder.resolve("pool.jfr");
      recording.dump(file);
      List<RecordedEvent> events =
          RecordingFile.readAllEvents(file).stream()
              .filter(event -> "recorded".equals(event.getString("pool")))
              .toList();
      assertThat(named(events, "Open")).hasSize(1).allMatch(e -> e.getString("failure") == null);
      assertThat(named(events, "BorrowWait"))
          .extracting(event -> event.getString("refusal"))
          .containsExactlyInAnyOrder(null, "TIMED_OUT");
      assertThat(named(events, "Exhausted"))
          .singleElement()
          .satisfies(
              event -> {
                assertThat(event.getString("cause")).isEqualTo("ALL_HELD");
                assertThat(event.getInt("used")).isEqualTo(1);
                assertThat(event.getString("report")).contains(Thread.currentThread().getName());
                assertThat(event.getStackTrace()).isNotNull();
              });
      assertThat(named(events, "Leak"))
          .singleElement()
          .satisfies(event -> assertThat(event.getBoolean("executing")).isFalse());
      assertThat(named(events, "Close"))
          .singleElement()
          .satisfies(event -> assertThat(event.getString("reason")).isEqualTo("DISPOSED"));
    }
  }

  /** One that is lent for long, somebody who waits for it in vain, and the end. */
  private static void live(String name) throws Exception {
    JdbcDataSource source = new JdbcDataSource();
    source.setUrl("jdbc:h2:mem:" + name);
    CountDownLatch leaked = new CountDownLatch(1);
    PooledDataSource pool =
        PooledDataSource.over(
            source::getConnection,
            Map.of("logging_name", name, "maximum_pool_size", "1", "timeout", "5", "leak", "0.2"),
            new io.bonito.pool.lending.PoolListener<Connection>() {
              @Override
              public void leak(io.bonito.pool.lending.Holder holder) {
                leaked.countDown();
              }
            },
            new Budget(Settings.UNLIMITED));
    try (Connection held = pool.getConnection()) {
      assertThat(held.isClosed()).isFalse();
      CompletableFuture<Boolean> other =
          CompletableFuture.supplyAsync(
              () -> {
                try (Connection connection = pool.getConnection()) {
                  return connection != null;
                } catch (SQLException e) {
                  return false;
                }
              });
      assertThat(other.get(60, TimeUnit.SECONDS)).isFalse();
      assertThat(leaked.await(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(pool.pool().drain(TimeUnit.SECONDS.toNanos(60))).isZero();
  }

  private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
    return events.stream()
        .filter(event -> event.getEventType().getName().equals("io.bonito.pool." + name))
        .toList();
  }

  /** In a JVM that has neither module. */
  @Test
  void aPoolWorksWhereThereIsNoFlightRecorderAndNoJmx() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--limit-modules",
                "java.base,java.logging,java.sql",
                "-cp",
                System.getProperty("java.class.path"),
                Plain.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output)
        .contains("asked without jdk.jfr", "nothing to lend")
        .contains("this JVM has no JMX");
  }

  /** What that JVM runs. */
  public static final class Plain {
    private Plain() {}

    public static void main(String[] words) throws SQLException {
      if (ModuleLayer.boot().findModule("jdk.jfr").isPresent()
          || ModuleLayer.boot().findModule("java.management").isPresent()) {
        throw new IllegalStateException("the modules are there");
      }
      io.bonito.jdbc.BonitoDataSource nowhere =
          new io.bonito.jdbc.BonitoDataSource("jdbc:bonito:mysql://127.0.0.1:1/");
      try (PooledDataSource pool =
          PooledDataSource.over(
              nowhere::getConnection, Map.of("timeout", "0.2", "register_mbeans", "true"))) {
        pool.getConnection().close();
      } catch (SQLException e) {
        System.out.println("asked without jdk.jfr: " + e);
      }
    }
  }
}
