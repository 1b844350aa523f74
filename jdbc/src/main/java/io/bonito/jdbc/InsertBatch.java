package io.bonito.jdbc;

import io.bonito.protocol.exchange.ResultExchange;
import io.bonito.protocol.exchange.ServerStatement;
import io.bonito.protocol.failure.ErrorKind;
import io.bonito.protocol.message.ServerError;
import io.bonito.protocol.row.Row;
import io.bonito.protocol.sql.SqlTemplate;
import io.bonito.protocol.value.ColumnType;
import io.bonito.protocol.value.ParameterRows;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a plain insert, of which many go in one command.
 *
 * <p>The server takes all rows of a command or none. Where it refuses them, they are run again one
 * by one, and so come out as if they had been all the time: each failure stands at its own place.
 */
abstract class InsertBatch extends ParameterBatch {
  /** Fewer are not worth the questions about their table. */
  static final int FEWEST_ROWS = 4;

  /** A command on its way. */
  record Sent(ResultExchange exchange, int rowCount) {}

  private final SqlTemplate template;
  private final InsertTables tables;

  /**
   * @param statement inserts one row; null where the values go as text
   */
  InsertBatch(
      Link link,
      ParameterRows rows,
      @Nullable ServerStatement statement,
      Literals literals,
      SqlTemplate template,
      InsertTables tables)
      throws SQLException {
    super(link, rows, statement, literals);
    this.template = template;
    this.tables = tables;
  }

  final SqlTemplate template() {
    return template;
  }

  /**
   * Gives one command with some of the rows to the session.
   *
   * @return the command, with the first one of these rows at least
   * @throws SQLException where nothing was sent
   */
  abstract Sent send(int from, int to, long timeoutNanos) throws SQLException;

  /** Hears that the server has refused a command. */
  void refused() {}

  @Override
  @Nullable SQLException run(int from, int to, long[] counts, long timeoutNanos, GeneratedKeys keys)
      throws SQLException {
    SQLException first = null;
    int done = from;
    while (done < to) {
      int begun = done;
      SQLException failure;
      try {
        Sent sent = send(begun, to, timeoutNanos);
        done = begun + sent.rowCount();
        failure = answered(sent, begun, counts, timeoutNanos, keys);
      } catch (BatchUpdateException e) {
        throw e; // the batch ends here
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

  private @Nullable SQLException answered(
      Sent sent, int from, long[] counts, long timeoutNanos, GeneratedKeys keys)
      throws SQLException {
    int to = from + sent.rowCount();
    link().limit(sent.exchange(), timeoutNanos);
    ServerError error;
    try {
      error = await(sent, from, counts, keys);
    } catch (SQLException e) {
      throw failed(e, Arrays.copyOf(counts, from));
    }
    if (error == null) {
      return null;
    }
    refused();
    if (isOfARow(error) && tables.leftNothing(template)) {
      return super.run(from, to, counts, timeoutNanos, keys);
    }
    SQLException failure = link().refused(error, sql(from));
    if (!continues()) {
      throw failed(failure, Arrays.copyOf(counts, from));
    }
    Arrays.fill(counts, from, to, Statement.EXECUTE_FAILED);
    return failure;
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
  private @Nullable ServerError await(Sent sent, int from, long[] counts, GeneratedKeys keys)
      throws SQLException {
    ResultExchange answer = sent.exchange();
    int count = sent.rowCount();
    int told = 0;
    while (true) {
      switch (link().next()) {
        case ROW -> {
          Row unit = answer.row();
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
            boolean each = answer.ok().affectedRows() == count;
            Arrays.fill(counts, from, from + count, each ? 1 : Statement.SUCCESS_NO_INFO);
            keys.addUntold(answer.ok());
          }
        }
        case FAILED -> {
          return answer.error();
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
