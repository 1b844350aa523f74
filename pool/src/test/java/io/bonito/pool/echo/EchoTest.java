package io.bonito.pool.echo;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.pool.PooledDataSource;
import io.bonito.pool.lending.Budget;
import io.bonito.pool.lending.Settings;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EchoTest {
  @Test
  void trueTellsWhatIsOpenedAndClosed() throws Exception {
    List<String> said = said("true");
    assertThat(said).hasSize(3);
    assertThat(said.get(0)).startsWith("told: opened a connection in ");
    assertThat(said).anyMatch(line -> line.startsWith("told: closed a connection, "));
    assertThat(said).anyMatch(line -> line.endsWith(" s old: disposed"));
    assertThat(said).contains("told: closed");
  }

  @Test
  void debugTellsEachLoanToo() throws Exception {
    assertThat(said("debug"))
        .anyMatch(
            line -> line.startsWith("told: lent to " + Thread.currentThread().getName() + " conn"))
        .anyMatch(line -> line.startsWith("told: returned by "))
        .anyMatch(line -> line.startsWith("told: opened a connection in "));
  }

  @Test
  void nothingIsSaidThatNobodyAskedFor() throws Exception {
    assertThat(said("false")).isEmpty();
  }

  private static List<String> said(String echo) throws Exception {
    List<String> said = new CopyOnWriteArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            said.add(entry.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("io.bonito.pool.echo");
    logger.addHandler(handler);
    JdbcDataSource source = new JdbcDataSource();
    source.setUrl("jdbc:h2:mem:told");
    try (PooledDataSource pool =
        PooledDataSource.over(
            source::getConnection,
            Map.of("logging_name", "told", "echo", echo),
            null,
            new Budget(Settings.UNLIMITED))) {
      try (Connection connection = pool.getConnection()) {
        assertThat(connection.isClosed()).isFalse();
      }
      assertThat(pool.pool().drain(TimeUnit.SECONDS.toNanos(60))).isZero();
    } finally {
      logger.removeHandler(handler);
    }
    return said.stream().distinct().toList();
  }
}
