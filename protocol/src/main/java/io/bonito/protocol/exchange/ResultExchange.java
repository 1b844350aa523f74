package io.bonito.protocol.exchange;

import io.bonito.protocol.buffer.ByteReader;
import io.bonito.protocol.buffer.ByteWriter;
import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.buffer.RefusedDemandException;
import io.bonito.protocol.message.Capability;
import io.bonito.protocol.message.LocalFileRequest;
import io.bonito.protocol.message.Ok;
import io.bonito.protocol.message.ServerError;
import io.bonito.protocol.message.ServerStatus;
import io.bonito.protocol.packet.PacketReader;
import io.bonito.protocol.row.Columns;
import io.bonito.protocol.row.Row;
import io.bonito.protocol.value.WireFormat;
import org.jspecify.annotations.Nullable;

/**
 * A command whose response is any number of results, each with rows or without.
 *
 * <pre>
 *   HEAD ──count──▶ DEFINITIONS ──last──▶ (DEFINITIONS_EOF) ──▶ ROWS ──end──┐
 *    │ ▲  └─────────0xFB──▶ LOCAL_DATA ──┐                                   │
 *    │ └──────────── more results ───────┼───────────────────────────────────┤
 *    ├──OK────────────────────────────────┴───────────────────────────────────▶ done
 *    └──ERR, here and in ROWS──▶ failed
 * </pre>
 *
 * @see <a
 *     href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_query_response.html">COM_QUERY
 *     response</a>
 */
public abstract sealed class ResultExchange extends Exchange
    permits QueryExchange, LiteralExchange, ExecuteExchange, BulkExchange, FetchExchange {
  /** Both servers' own limit lies at 4,096 columns; a union of views may show more. */
  private static final int MOST_COLUMNS = 65_535;

  private static final int MOST_RESULTS = 100_000;

  /** The client's own code for data that it will not give (CR_LOAD_DATA_LOCAL_INFILE_REJECTED). */
  private static final int LOCAL_DATA_REJECTED = 2068;

  /** The server's own code for a statement that it does not know (ER_UNKNOWN_STMT_HANDLER). */
  private static final int UNKNOWN_STATEMENT = 1243;

  enum Phase {
    HEAD,
    DEFINITIONS,
    DEFINITIONS_EOF,
    ROWS,
    LOCAL_DATA,
    ENDED
  }

  private final WireFormat format;
  private Phase phase = Phase.HEAD;
  private int columnCount;
  private int results;
  private @Nullable Columns columns;
  private @Nullable Row row;
  private boolean definitionsBegin;
  private boolean takesLocalData;
  private boolean refusedLocalData;
  private boolean unprepared;

  /** The end of a result whose rows stayed in a cursor, to be reported after its columns. */
  private @Nullable Ok cursorEnd;

  ResultExchange(WireFormat format) {
    this.format = format;
  }

  /** Rows alone, of columns that are known already. */
  ResultExchange(Columns known) {
    this.format = known.format();
    this.columns = known;
    this.phase = Phase.ROWS;
  }

  /**
   * Lets this one statement take data from its owner, who gives it when {@link Event#LOCAL_DATA}
   * comes; it comes once, and a server that asks again gets nothing.
   */
  public final void takeLocalData() {
    takesLocalData = true;
  }

  final boolean takesLocalData() {
    return takesLocalData;
  }

  @Override
  public final Event receive(ByteReader payload, Wire wire) {
    return switch (phase) {
      case ROWS -> rowOrEnd(payload, wire);
      case HEAD -> head(payload, wire);
      case DEFINITIONS -> definition(payload, wire);
      case DEFINITIONS_EOF -> definitionsEnd(payload, wire);
      case LOCAL_DATA ->
          throw new MalformedPacketException("a packet while the client's data is due");
      case ENDED -> throw new MalformedPacketException("a packet after the end of the response");
    };
  }

  private Event head(ByteReader payload, Wire wire) {
    if (++results > MOST_RESULTS) {
      throw new MalformedPacketException("more than " + MOST_RESULTS + " results of one command");
    }
    return switch (payload.peekUint8()) {
      case Ok.HEADER -> {
        SessionState state = wire.state();
        yield end(Ok.decode(payload, state.capabilities(), state.latest()), wire);
      }
      case ServerError.HEADER -> failed(payload);
      case LocalFileRequest.HEADER -> localFile(payload, wire);
      default -> columnCount(payload, wire);
    };
  }

  private Event columnCount(ByteReader payload, Wire wire) {
    long count = payload.readUnsigned();
    if (count < 1 || count > MOST_COLUMNS) {
      throw new MalformedPacketException(
          "a result of " + Long.toUnsignedString(count) + " columns");
    }
    columnCount = (int) count;
    boolean definitionsFollow = true;
    if (wire.state().has(Capability.MARIADB_CACHE_METADATA)
        || wire.state().has(Capability.OPTIONAL_RESULTSET_METADATA)) {
      definitionsFollow = payload.readUint8() != 0;
    }
    payload.requireEnd("a column count");
    if (definitionsFollow) {
      wire.columns().begin();
      definitionsBegin = true;
      phase = Phase.DEFINITIONS;
      return Event.NEED_BYTES;
    }
    Columns cached = cachedColumns();
    if (cached == null || cached.count() != columnCount) {
      throw new MalformedPacketException(
          columnCount + " columns without their definitions, which nobody has");
    }
    columns = cached;
    if (!wire.state().has(Capability.DEPRECATE_EOF)) {
      phase = Phase.DEFINITIONS_EOF;
      return Event.NEED_BYTES;
    }
    return beginRows();
  }

  private Event definition(ByteReader payload, Wire wire) {
    // No other exchange of the session can receive in between: answers come one after the other.
    if (wire.columns().collect(payload, (sequence() - 1) & 0xFF) < columnCount) {
      return Event.NEED_BYTES;
    }
    return definitionsArrived(wire.columns().columns(format, wire.state().capabilities()), wire);
  }

  /** Looks whether the definitions that follow are known. */
  @Override
  public final Event look(PacketReader packets, Wire wire) {
    if (!definitionsBegin) {
      return Event.NEED_BYTES;
    }
    definitionsBegin = false;
    Columns known = wire.columns().pass(packets, columnCount, format);
    if (known == null) {
      return Event.NEED_BYTES;
    }
    sequence(packets.sequence());
    return definitionsArrived(known, wire);
  }

  private Event definitionsArrived(Columns arrived, Wire wire) {
    columns = arrived;
    columnsArrived(arrived);
    if (!wire.state().has(Capability.DEPRECATE_EOF)) {
      phase = Phase.DEFINITIONS_EOF;
      return Event.NEED_BYTES;
    }
    return beginRows();
  }

  private Event definitionsEnd(ByteReader payload, Wire wire) {
    if (!Ok.isEnd(payload)) {
      throw new MalformedPacketException(
          "0x" + Integer.toHexString(payload.peekUint8()) + " where the columns' end was due");
    }
    Ok eof = Ok.decodeEnd(payload, wire.state().capabilities());
    if (eof.has(ServerStatus.CURSOR_EXISTS)) {
      // The rows stay with the server's cursor, and no second EOF comes.
      beginRows();
      cursorEnd = eof;
      return Event.COLUMNS;
    }
    return beginRows();
  }

  private Event beginRows() {
    row = null;
    phase = Phase.ROWS;
    return Event.COLUMNS;
  }

  private Event rowOrEnd(ByteReader payload, Wire wire) {
    int first = payload.peekUint8();
    if (first >= Ok.END_HEADER) {
      if (first == ServerError.HEADER) {
        return failed(payload);
      }
      // A text row may begin with 0xFE too: the length prefix of a value of 16 MiB or more.
      if (Ok.isEnd(payload)) {
        SessionState state = wire.state();
        return end(Ok.decodeEnd(payload, state.capabilities(), state.latest()), wire);
      }
    }
    if (isDiscarded()) {
      return Event.NEED_BYTES;
    }
    row().moveTo(payload.bytes(), payload.position(), payload.remaining());
    return Event.ROW;
  }

  private Event end(Ok ok, Wire wire) {
    if (ok.moreResultsFollow()) {
      phase = Phase.HEAD;
      return resultEnd(ok, wire);
    }
    phase = Phase.ENDED;
    if (refusedLocalData) {
      ended(ok, wire);
      return fail(localDataRejected());
    }
    return complete(ok, wire);
  }

  private Event failed(ByteReader payload) {
    phase = Phase.ENDED;
    return refusedLocalData ? fail(localDataRejected()) : fail(payload);
  }

  /** In the server's words, as where it was executed unanswered and the server noticed. */
  private static ServerError notPrepared() {
    return new ServerError(UNKNOWN_STATEMENT, "HY000", "the statement has not been prepared");
  }

  private static ServerError localDataRejected() {
    return new ServerError(
        LOCAL_DATA_REJECTED,
        "HY000",
        "the server asked for a local file, and this statement was given no stream to load from");
  }

  private Event localFile(ByteReader payload, Wire wire) {
    LocalFileRequest.decode(payload);
    if (!wire.state().has(Capability.LOCAL_FILES)) {
      throw new RefusedDemandException(
          "the server asked for a file of this machine, which was ruled out at the login");
    }
    phase = Phase.LOCAL_DATA;
    if (takesLocalData) {
      return Event.LOCAL_DATA;
    }
    refusedLocalData = true;
    localDataEnd(wire);
    return Event.NEED_BYTES;
  }

  /** Notes that the statement to be executed is not prepared, so that nothing was written. */
  final void unprepared() {
    unprepared = true;
  }

  @Override
  public final Event due(Wire wire) {
    if (unprepared) {
      phase = Phase.ENDED;
      return fail(notPrepared());
    }
    if (phase == Phase.LOCAL_DATA) {
      return Event.LOCAL_DATA;
    }
    Ok end = cursorEnd;
    if (end != null) {
      cursorEnd = null;
      return end(end, wire);
    }
    return Event.NEED_BYTES;
  }

  /**
   * Sends a part of what the statement loads.
   *
   * @throws IllegalStateException where none is due
   */
  public final void localData(byte[] data, int offset, int length, Wire wire) {
    requireLocalData();
    if (length > 0) {
      ByteWriter body = wire.out().beginReply(sequence());
      body.writeBytes(data, offset, length);
      sequence(wire.out().end());
    }
  }

  /** Ends what the statement loads: an empty packet. */
  public final void localDataEnd(Wire wire) {
    requireLocalData();
    takesLocalData = false;
    phase = Phase.HEAD;
    wire.out().beginReply(sequence());
    sequence(wire.out().end());
  }

  private void requireLocalData() {
    if (phase != Phase.LOCAL_DATA) {
      throw new IllegalStateException("the server has not asked for data");
    }
  }

  /** The columns to read rows by where the server leaves them out. */
  @Nullable Columns cachedColumns() {
    return null;
  }

  /** The server has sent columns; a prepared statement remembers them. */
  void columnsArrived(Columns arrived) {}

  @Override
  public final Columns columns() {
    return present(columns, "columns");
  }

  /** The current row; the same object for every row of a result. */
  public final Row row() {
    Row current = row;
    if (current == null) {
      // Made when it is asked for: whoever stores rows has one of his own.
      current = new Row(present(columns, "row"));
      row = current;
    }
    return current;
  }

  /** Whether nothing but rows, and what ends them, can be next. */
  public final boolean hasRowsNext() {
    return phase == Phase.ROWS && cursorEnd == null;
  }
}
