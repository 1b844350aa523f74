package io.bonito.jdbc;

import io.bonito.protocol.exchange.ResultExchange;
import io.bonito.protocol.message.Ok;
import io.bonito.protocol.option.CompatibilityOptions;
import io.bonito.protocol.value.SqlCharset;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Several commands whose answers are awaited together.
 *
 * <p>Where the server can bear it, they are written ahead of the answers. So a command that fails
 * cannot hold back those behind it; to be the same everywhere, a batch always runs to its end, and
 * each failure stands at its own place among the counts. Whoever wants none executed behind a
 * failure has them sent one by one.
 */
class Batch {
  /** Commands given to the session ahead of the one whose answer is read. */
  private static final int AHEAD = 256;

  private final Link link;
  private final List<String> texts = new ArrayList<>();

  Batch(Link link) {
    this.link = link;
  }

  final Link link() {
    return link;
  }

  final void add(String sql) {
    texts.add(sql);
  }

  final String text(int index) {
    return texts.get(index);
  }

  /** What is executed there, for messages. */
  String sql(int index) {
    return texts.get(index);
  }

  int size() {
    return texts.size();
  }

  /** Gives a command to the session. */
  ResultExchange submit(int index) throws SQLException {
    return link.query(texts.get(index));
  }

  /**
   * Runs all; the caller has the lock.
   *
   * @return how many rows each command counted
   * @throws BatchUpdateException where one failed, with the counts of all
   */
  long[] run(long timeoutNanos, GeneratedKeys keys) throws SQLException {
    long[] counts = new long[size()];
    SQLException first = run(0, counts.length, counts, timeoutNanos, keys);
    if (first != null) {
      throw failed(first, counts);
    }
    return counts;
  }

  /**
   * Runs some of them.
   *
   * @return the first failure, with the others behind it; null for none
   * @throws BatchUpdateException where the connection is lost, or nothing is to be executed behind
   *     a failure; with the counts of those before
   */
  @Nullable SQLException run(int from, int to, long[] counts, long timeoutNanos, GeneratedKeys keys)
      throws SQLException {
    // A command that the session's charset cannot express is told of when it is written; only
    // one at a time is it certain which.
    int ahead = continues() && link.state().clientCharset() == SqlCharset.UTF8MB4 ? AHEAD : 1;
    ResultExchange[] window = new ResultExchange[ahead];
    Map<Integer, SQLException> refused = new HashMap<>();
    SQLException first = null;
    int submitted = from;
    for (int index = from; index < to; index++) {
      try {
        while (submitted < to && submitted - index < ahead) {
          int next = submitted++;
          try {
            ResultExchange exchange = submit(next);
            link.limit(exchange, timeoutNanos);
            window[next % ahead] = exchange;
          } catch (SQLException e) {
            refused.put(next, e);
          }
        }
        SQLException refusal = refused.remove(index);
        if (refusal != null) {
          throw refusal;
        }
        counts[index] = count(index, window[index % ahead], keys);
      } catch (SQLException e) {
        counts[index] = Statement.EXECUTE_FAILED;
        first = joined(first, e);
        if (!continues() || !link.transport().isOpen()) {
          throw failed(e, Arrays.copyOf(counts, index));
        }
      }
    }
    return first;
  }

  /** Whether what stands behind a failure is executed. */
  final boolean continues() {
    return link.options().get(CompatibilityOptions.CONTINUE_BATCH_ON_ERROR);
  }

  static @Nullable SQLException joined(
      @Nullable SQLException first, @Nullable SQLException further) {
    if (first == null) {
      return further;
    }
    if (further != null && further != first) {
      first.setNextException(further);
    }
    return first;
  }

  private long count(int index, @Nullable ResultExchange exchange, GeneratedKeys keys)
      throws SQLException {
    if (exchange == null) {
      throw new IllegalStateException("no command was given");
    }
    long count = -1;
    boolean rows = false;
    exchange.discard();
    while (true) {
      switch (link.next()) {
        case COLUMNS -> rows = true;
        case RESULT_END -> {
          Ok ok = exchange.ok();
          if (count < 0 && !rows) {
            count = ok.affectedRows();
            keys.add(ok);
          }
        }
        case FAILED -> throw link.refused(exchange.error(), sql(index));
        case DONE -> {
          if (count < 0) {
            throw SqlExceptions.misuse("a statement of the batch gave rows; it has run");
          }
          return count;
        }
        case ROW, READY, PREPARED, NEED_BYTES, START_TLS, LOCAL_DATA, EXPIRED, CLOSED -> {}
      }
    }
  }

  static BatchUpdateException failed(SQLException cause, long[] counts) {
    BatchUpdateException failure =
        new BatchUpdateException(
            String.valueOf(cause.getMessage()),
            cause.getSQLState(),
            cause.getErrorCode(),
            counts,
            cause);
    failure.setNextException(cause);
    return failure;
  }
}
