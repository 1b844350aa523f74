package io.bonito.protocol.exchange;

import io.bonito.protocol.buffer.ByteWriter;
import io.bonito.protocol.message.Capability;
import io.bonito.protocol.row.Columns;
import io.bonito.protocol.sql.SqlTemplate;
import io.bonito.protocol.value.Parameters;
import io.bonito.protocol.value.SqlCharset;
import io.bonito.protocol.value.WireFormat;
import org.jspecify.annotations.Nullable;

/**
 * COM_STMT_EXECUTE: a prepared statement with its parameters, answered in binary.
 *
 * <pre>
 *   0x17  statement id(4)  flags(1)  1(4)
 *   if there are parameters: NULL bits  types follow(1)  [type(2) for each]  values
 *   with QUERY_ATTRIBUTES:   count(length-encoded) before them, and type(2) name(length-encoded)
 * </pre>
 *
 * @see <a
 *     href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_stmt_execute.html">COM_STMT_EXECUTE</a>
 */
public final class ExecuteExchange extends ResultExchange {
  private static final int NO_CURSOR = 0;
  private static final int READ_ONLY_CURSOR = 1;

  /** The number of parameters is said again, as further ones could be attributes. */
  private static final int PARAMETER_COUNT = 8;

  private final ServerStatement statement;
  private final Parameters parameters;
  private final boolean cursor;
  private int sentId;

  /**
   * @param cursor whether the rows stay with the server, to be had with {@link FetchExchange}; it
   *     sends them at once all the same where it cannot keep them
   */
  public ExecuteExchange(ServerStatement statement, Parameters parameters, boolean cursor) {
    super(WireFormat.BINARY);
    this.statement = statement;
    this.parameters = parameters;
    this.cursor = cursor;
  }

  /**
   * Whether it was sent with a number that the statement turned out not to have. The server refuses
   * it then with error 1243, and it can be given again: the number is above all that the session
   * has, so it is no other statement's.
   */
  public boolean wentAstray() {
    return sentId > 0 && statement.isPrepared() && sentId != statement.id();
  }

  @Override
  public void begin(Wire wire) {
    if (!statement.isPrepared() && !statement.isPreparing()) {
      unprepared();
      return;
    }
    wire.state().executing(statement.sql());
    ByteWriter body = wire.out().beginCommand();
    body.writeInt8(Command.STMT_EXECUTE);
    sentId = statement.isPrepared() ? statement.id() : statement.foretoldId();
    body.writeInt32(sentId);
    boolean named = parameters.count() > 0 && wire.state().has(Capability.QUERY_ATTRIBUTES);
    body.writeInt8((cursor ? READ_ONLY_CURSOR : NO_CURSOR) | (named ? PARAMETER_COUNT : 0));
    body.writeInt32(1);
    SqlCharset charset = wire.state().clientCharset();
    boolean types = parameters.count() > 0 && statement.wantsTypes(parameters, charset);
    if (parameters.count() > 0) {
      if (named) {
        body.writeLength(parameters.count());
      }
      parameters.setCharset(charset);
      parameters.writeBinary(body, types, named);
    }
    sequence(wire.out().end());
    if (types) {
      statement.typesSent(parameters, charset);
    }
  }

  @Override
  @Nullable Columns cachedColumns() {
    return statement.columns();
  }

  @Override
  void columnsArrived(Columns arrived) {
    statement.columns(arrived);
  }

  /** What was prepared last is this statement only right behind its own PREPARE. */
  @Override
  public boolean mayFollow(Exchange unanswered) {
    return !statement.isPreparing()
        || (statement.foretoldId() != StatementNumbers.UNKNOWN
            && unanswered instanceof PrepareExchange prepare
            && prepare.statement() == statement);
  }

  @Override
  boolean maySwitchCharacterSet(SessionState state) {
    return SqlTemplate.of(statement.sql(), state.sqlRules()).mayChangeCharset();
  }

  @Override
  public long sizeHint() {
    return 32 + 16L * parameters.count();
  }
}
