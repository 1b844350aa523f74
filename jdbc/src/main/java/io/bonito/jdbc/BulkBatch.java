package io.bonito.jdbc;

import io.bonito.protocol.exchange.BulkExchange;
import io.bonito.protocol.exchange.ResultExchange;
import io.bonito.protocol.exchange.ServerStatement;
import io.bonito.protocol.failure.ErrorKind;
import io.bonito.protocol.message.ServerError;
import io.bonito.protocol.row.Row;
import io.bonito.protocol.sql.SqlTemplate;
import io.bonito.protocol.value.ColumnType;
import io.bonito.protocol.value.Parameters;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a plain insert, as many in one command as have the same types and fit into it.
 *
 * <p>The server takes all rows of a command or none. Where it refuses them, they are run again one
 * by one, and so come out as if they had been all the time: each failure stands at its own place.
 */
final class BulkBatch extends Batch {
  /** Fewer are not worth the questions about their table. */
  static final int FEWEST_ROWS = 4;

  private final List<Parameters> rows;
  private final ServerStatement statement;
  private final SqlTemplate template;
  private final BulkInserts inserts;
  private final boolean wantsKeys;

  BulkBatch(
      Link link,
      List<Parameters> rows,
      ServerStatement statement,
      SqlTemplate template,
      BulkInserts inserts,
      boolean wantsKeys) {
    super(link);
    this.rows = rows;
    this.statement = statement;
    this.template = template;
    this.inserts = inserts;
    this.wantsKeys = wantsKeys;
  }

  @Override
  int size() {
    return rows.size();
  }

  @Override
  ResultExchange submit(int index) throws SQLException {
    return link().execute(statement, rows.get(index));
  }

  @Override
  @Nullable SQLException run(int from, int to, long[] counts, long timeoutNanos, GeneratedKeys keys)
      throws SQLException {
    SQLException first = null;
    int done = from;
    while (done < to) {
      int begun = done;
      SQLException failure;
      try {
        BulkExchange bulk = link().executeBulk(statement, rows.subList(begun, to), wantsKeys);
        done = begun + Math.max(1, bulk.rowCount());
        failure = runBulk(bulk, begun, done, counts, timeoutNanos, keys);
      } catch (SQLException e) {
        if (!link().transport().isOpen()) {
          throw failed(e, Arrays.copyOf(counts, begun));
        }
        // It was not sent: a value cannot be expressed, or a row is too large. One row tells which.
        done = begun + 1;
        failure = super.run(begun, done, counts, timeoutNanos, keys);
      }
      first = joined(first, failure);
    }
    return first;
  }

  private @Nullable SQLException runBulk(
      BulkExchange bulk, int from, int to, long[] counts, long timeoutNanos, GeneratedKeys keys)
      throws SQLException {
    link().limit(bulk, timeoutNanos);
    ServerError error;
    try {
      error = await(bulk, from, counts, keys);
    } catch (SQLException e) {
      throw failed(e, Arrays.copyOf(counts, from));
    }
    if (error == null) {
      return null;
    }
    if (isOfARow(error) && inserts.leftNothing(template)) {
      return super.run(from, to, counts, timeoutNanos, keys);
    }
    Arrays.fill(counts, from, to, Statement.EXECUTE_FAILED);
    return SqlExceptions.of(error);
  }

  /** Whether running the rows again tells more; not where the transaction has ended with them. */
  private static boolean isOfARow(ServerError error) {
    return switch (ErrorKind.of(error)) {
      case INTEGRITY, SYNTAX, DENIED, DATA, TRUNCATION, READ_ONLY, UNSUPPORTED, GENERAL -> true;
      case ROLLBACK,
          LOCK_UNAVAILABLE,
          TIMEOUT,
          INTERRUPTED,
          AUTHENTICATION,
          CONNECTION,
          CAPACITY,
          XA ->
          false;
    };
  }

  /** Awaits the answer; null where all went well. */
  private @Nullable ServerError await(
      BulkExchange bulk, int from, long[] counts, GeneratedKeys keys) throws SQLException {
    int count = bulk.rowCount();
    int told = 0;
    while (true) {
      switch (link().next()) {
        case ROW -> {
          Row unit = bulk.row();
          if (told < count && isUnit(unit)) {
            keys.add(unit.getLong(0));
            counts[from + told] = unit.getLong(1);
            told++;
          } else {
            told = count + 1;
          }
        }
        case RESULT_END -> {
          if (told != count) {
            // Of a total that is none of the rows' sum nobody knows whose it is.
            boolean each = bulk.ok().affectedRows() == count;
            Arrays.fill(counts, from, from + count, each ? 1 : Statement.SUCCESS_NO_INFO);
            keys.addUntold(bulk.ok());
          }
        }
        case FAILED -> {
          return bulk.error();
        }
        case DONE -> {
          return null;
        }
        case COLUMNS, READY, PREPARED, NEED_BYTES, START_TLS, LOCAL_DATA, EXPIRED, CLOSED -> {}
      }
    }
  }

  /** Whether it is a row's id and count. */
  private static boolean isUnit(Row row) {
    return row.columns().count() == 2
        && !row.isNull(0)
        && !row.isNull(1)
        && row.columns().definition(0).type() == ColumnType.LONGLONG.code()
        && row.columns().definition(1).type() == ColumnType.LONGLONG.code();
  }
}
