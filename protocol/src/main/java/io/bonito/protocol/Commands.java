package io.bonito.protocol;

import io.bonito.protocol.exchange.AcknowledgedExchange;
import io.bonito.protocol.exchange.BulkExchange;
import io.bonito.protocol.exchange.Exchange;
import io.bonito.protocol.exchange.ExecuteExchange;
import io.bonito.protocol.exchange.FetchExchange;
import io.bonito.protocol.exchange.PrepareExchange;
import io.bonito.protocol.exchange.QueryExchange;
import io.bonito.protocol.exchange.ResetConnectionExchange;
import io.bonito.protocol.exchange.ServerStatement;
import io.bonito.protocol.exchange.UnansweredExchange;
import io.bonito.protocol.row.Columns;
import io.bonito.protocol.value.ConversionException;
import io.bonito.protocol.value.ParameterRows;
import io.bonito.protocol.value.Parameters;

/**
 * The commands that a session takes. Each is written at once, or as soon as those before it allow.
 */
public sealed interface Commands permits Session {
  /**
   * Gives a command of any kind.
   *
   * @throws ConversionException where it is written at once and turns out not to be expressible in
   *     the session's character set; nothing of it was written
   */
  <E extends Exchange> E submit(E exchange);

  /** COM_QUERY. */
  default QueryExchange query(String sql) {
    return submit(new QueryExchange(sql));
  }

  /** COM_STMT_PREPARE. */
  default PrepareExchange prepare(ServerStatement statement) {
    return submit(new PrepareExchange(statement));
  }

  /**
   * COM_STMT_EXECUTE. A statement that is only about to be prepared can be executed where {@link
   * Session#executesUnanswered} says so.
   */
  default ExecuteExchange execute(
      ServerStatement statement, Parameters parameters, boolean cursor) {
    return submit(new ExecuteExchange(statement, parameters, cursor));
  }

  /**
   * MariaDB's COM_STMT_BULK_EXECUTE for rows from {@code from} to before {@code to}; {@link
   * BulkExchange#rowCount} tells how many went.
   */
  default BulkExchange executeBulk(
      ServerStatement statement, ParameterRows rows, int from, int to, boolean unitResults) {
    return submit(new BulkExchange(statement, rows, from, to, unitResults));
  }

  /** COM_STMT_FETCH. */
  default FetchExchange fetch(ServerStatement statement, Columns columns, int rows) {
    return submit(new FetchExchange(statement, columns, rows));
  }

  /** COM_STMT_SEND_LONG_DATA: not answered. */
  default void sendLongData(ServerStatement statement, int parameter, byte[] data) {
    submit(UnansweredExchange.sendLongData(statement, parameter, data));
  }

  /** COM_STMT_CLOSE: not answered. */
  default void closeStatement(ServerStatement statement) {
    submit(UnansweredExchange.closeStatement(statement));
  }

  /** COM_STMT_RESET. */
  default AcknowledgedExchange resetStatement(ServerStatement statement) {
    return submit(AcknowledgedExchange.resetStatement(statement));
  }

  /** COM_PING. */
  default AcknowledgedExchange ping() {
    return submit(AcknowledgedExchange.ping());
  }

  /** COM_INIT_DB. */
  default AcknowledgedExchange initDatabase(String schema) {
    return submit(AcknowledgedExchange.initDatabase(schema));
  }

  /** COM_SET_OPTION: whether a query may hold several statements. */
  default AcknowledgedExchange multiStatements(boolean on) {
    return submit(AcknowledgedExchange.multiStatements(on));
  }

  /** COM_RESET_CONNECTION: prepared statements, variables, locks and temporary tables are gone. */
  default ResetConnectionExchange resetConnection() {
    return submit(new ResetConnectionExchange());
  }

  /** COM_QUIT: not answered; the server closes the connection. */
  default void quit() {
    submit(UnansweredExchange.quit());
  }
}
