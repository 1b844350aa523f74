package io.bonito.protocol.exchange;

import io.bonito.protocol.buffer.ByteReader;
import io.bonito.protocol.buffer.ByteWriter;
import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.message.Capability;
import io.bonito.protocol.message.ColumnDefinition;
import io.bonito.protocol.message.Ok;
import io.bonito.protocol.message.PrepareOk;
import io.bonito.protocol.message.ServerError;
import io.bonito.protocol.row.Columns;
import io.bonito.protocol.value.WireFormat;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * COM_STMT_PREPARE.
 *
 * <pre>
 *   HEAD ──PrepareOk──▶ PARAMETERS ──▶ COLUMNS ──▶ done
 *     └──ERR──▶ failed
 * </pre>
 *
 * <p>Each list of definitions ends with an EOF where EOFs are not deprecated; an empty one is left
 * out, its EOF too.
 *
 * @see <a
 *     href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_stmt_prepare.html">COM_STMT_PREPARE</a>
 */
public final class PrepareExchange extends Exchange {
  private final ServerStatement statement;
  private final List<ColumnDefinition> parameters = new ArrayList<>();
  private final List<ColumnDefinition> columns = new ArrayList<>();
  private StatementNumbers.Foretold foretold =
      new StatementNumbers.Foretold(StatementNumbers.UNKNOWN, 0);
  private @Nullable PrepareOk head;
  private boolean parametersEnded;
  private boolean columnsEnded;

  public PrepareExchange(ServerStatement statement) {
    this.statement = statement;
  }

  public ServerStatement statement() {
    return statement;
  }

  @Override
  public void begin(Wire wire) {
    ByteWriter body = wire.out().beginCommand();
    body.writeInt8(Command.STMT_PREPARE);
    QueryExchange.writeSql(statement.sql(), wire);
    sequence(wire.out().end());
    foretold = wire.state().statementNumbers().sent(wire.state().server().mariaDb());
    statement.preparing(foretold.number());
  }

  @Override
  public Event receive(ByteReader payload, Wire wire) {
    if (head == null) {
      return switch (payload.peekUint8()) {
        case ServerError.HEADER -> {
          statement.refused();
          wire.state().statementNumbers().refused();
          yield fail(payload);
        }
        case PrepareOk.HEADER -> {
          PrepareOk ok = PrepareOk.decode(payload);
          head = ok;
          parametersEnded = ok.parameterCount() == 0;
          columnsEnded = ok.columnCount() == 0;
          yield preparedOrMore(ok, wire);
        }
        default ->
            throw new MalformedPacketException(
                "0x" + Integer.toHexString(payload.peekUint8()) + " in answer to a PREPARE");
      };
    }
    boolean eofs = !wire.state().has(Capability.DEPRECATE_EOF);
    if (!parametersEnded) {
      parametersEnded = take(payload, parameters, head.parameterCount(), eofs, wire);
    } else {
      columnsEnded = take(payload, columns, head.columnCount(), eofs, wire);
    }
    return preparedOrMore(head, wire);
  }

  /** Takes a definition or the EOF after the last one; true when the list has ended. */
  private static boolean take(
      ByteReader payload, List<ColumnDefinition> list, int count, boolean eofs, Wire wire) {
    if (list.size() == count) {
      if (!Ok.isEnd(payload)) {
        throw new MalformedPacketException(
            "0x"
                + Integer.toHexString(payload.peekUint8())
                + " where the definitions' end was due");
      }
      Ok.decodeEnd(payload, wire.state().capabilities());
      return true;
    }
    list.add(ColumnDefinition.decode(payload, wire.state().capabilities()));
    return !eofs && list.size() == count;
  }

  private Event preparedOrMore(PrepareOk ok, Wire wire) {
    if (!parametersEnded || !columnsEnded) {
      return Event.NEED_BYTES;
    }
    wire.state().statementNumbers().told(foretold, ok.statementId());
    statement.prepared(
        ok.statementId(),
        List.copyOf(parameters),
        columns.isEmpty() ? null : new Columns(columns, WireFormat.BINARY, wire.decoding()),
        wire.state());
    return Event.PREPARED;
  }

  @Override
  public Columns columns() {
    return present(statement.columns(), "columns");
  }

  @Override
  public long sizeHint() {
    return 16L + statement.sql().length();
  }
}
