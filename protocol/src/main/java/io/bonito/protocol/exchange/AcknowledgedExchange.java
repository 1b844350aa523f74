package io.bonito.protocol.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bonito.protocol.buffer.ByteReader;
import io.bonito.protocol.buffer.ByteWriter;
import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.message.Ok;
import io.bonito.protocol.message.ServerError;

/** A command that is answered by one OK: ping, init-db, set-option, statement-reset. */
public final class AcknowledgedExchange extends Exchange {
  private final byte[] command;

  private AcknowledgedExchange(byte[] command) {
    this.command = command;
  }

  public static AcknowledgedExchange ping() {
    return new AcknowledgedExchange(new byte[] {Command.PING});
  }

  /** COM_INIT_DB: the schema that names without one belong to. */
  public static AcknowledgedExchange initDatabase(String schema) {
    byte[] name = schema.getBytes(UTF_8);
    byte[] command = new byte[1 + name.length];
    command[0] = Command.INIT_DB;
    System.arraycopy(name, 0, command, 1, name.length);
    return new AcknowledgedExchange(command);
  }

  /** COM_SET_OPTION: whether a query may hold several statements. */
  public static AcknowledgedExchange multiStatements(boolean on) {
    return new AcknowledgedExchange(new byte[] {Command.SET_OPTION, (byte) (on ? 0 : 1), 0});
  }

  /** COM_STMT_RESET: closes the statement's cursor and forgets its long data. */
  public static AcknowledgedExchange resetStatement(ServerStatement statement) {
    ByteWriter body = new ByteWriter();
    body.writeInt8(Command.STMT_RESET);
    body.writeInt32(statement.id());
    byte[] command = new byte[body.end()];
    System.arraycopy(body.array(), 0, command, 0, command.length);
    return new AcknowledgedExchange(command);
  }

  @Override
  public void begin(Wire wire) {
    wire.out().beginCommand().writeBytes(command);
    sequence(wire.out().end());
  }

  @Override
  public Event receive(ByteReader payload, Wire wire) {
    return switch (payload.peekUint8()) {
      case Ok.HEADER -> complete(Ok.decode(payload, wire.state().capabilities()), wire);
      // COM_SET_OPTION is answered by an EOF, or by an OK that looks like one.
      case Ok.END_HEADER -> complete(Ok.decodeEnd(payload, wire.state().capabilities()), wire);
      case ServerError.HEADER -> fail(payload);
      default ->
          throw new MalformedPacketException(
              "0x" + Integer.toHexString(payload.peekUint8()) + " where an OK was due");
    };
  }

  @Override
  public long sizeHint() {
    return command.length;
  }
}
