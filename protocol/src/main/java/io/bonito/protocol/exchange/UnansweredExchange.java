package io.bonito.protocol.exchange;

import io.bonito.protocol.buffer.ByteReader;
import io.bonito.protocol.buffer.ByteWriter;
import io.bonito.protocol.buffer.MalformedPacketException;

/** A command that the server does not answer: quit, statement-close, statement-send-long-data. */
public final class UnansweredExchange extends Exchange {
  private static final byte[] NO_DATA = {};

  private final int command;
  private final int statementId;
  private final int parameter;
  private final byte[] data;

  private UnansweredExchange(int command, int statementId, int parameter, byte[] data) {
    this.command = command;
    this.statementId = statementId;
    this.parameter = parameter;
    this.data = data;
  }

  /** COM_QUIT: the server closes the connection. */
  public static UnansweredExchange quit() {
    return new UnansweredExchange(Command.QUIT, 0, 0, NO_DATA);
  }

  /** COM_STMT_CLOSE. */
  public static UnansweredExchange closeStatement(ServerStatement statement) {
    return new UnansweredExchange(Command.STMT_CLOSE, statement.id(), 0, NO_DATA);
  }

  /**
   * COM_STMT_SEND_LONG_DATA: a part of a parameter's value, appended to what was sent before. An
   * error shows when the statement is executed.
   *
   * @param parameter index from 0
   */
  public static UnansweredExchange sendLongData(
      ServerStatement statement, int parameter, byte[] data) {
    return new UnansweredExchange(Command.STMT_SEND_LONG_DATA, statement.id(), parameter, data);
  }

  @Override
  public void begin(Wire wire) {
    ByteWriter body = wire.out().beginCommand();
    body.writeInt8(command);
    switch (command) {
      case Command.STMT_CLOSE -> body.writeInt32(statementId);
      case Command.STMT_SEND_LONG_DATA -> {
        body.writeInt32(statementId);
        body.writeInt16(parameter);
        body.writeBytes(data);
      }
      default -> {}
    }
    sequence(wire.out().end());
  }

  @Override
  public Event receive(ByteReader payload, Wire wire) {
    throw new MalformedPacketException("an answer to a command that has none");
  }

  @Override
  public boolean isAnswered() {
    return false;
  }

  @Override
  public long sizeHint() {
    return 16L + data.length;
  }
}
