package io.bonito.protocol.exchange;

import io.bonito.protocol.buffer.ByteReader;
import io.bonito.protocol.buffer.ByteWriter;
import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.message.Ok;
import io.bonito.protocol.message.ServerError;

/**
 * COM_RESET_CONNECTION, and the SET NAMES that has to follow it: the reset puts the session back to
 * the server's default character set, not to the one that the login asked for.
 *
 * @see <a
 *     href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_reset_connection.html">COM_RESET_CONNECTION</a>
 */
public final class ResetConnectionExchange extends Exchange {
  private static final String NAMES = "SET NAMES utf8mb4";

  private boolean reset;

  @Override
  public void begin(Wire wire) {
    wire.state().statementNumbers().lost();
    wire.out().beginCommand().writeInt8(Command.RESET_CONNECTION);
    sequence(wire.out().end());
  }

  @Override
  public Event receive(ByteReader payload, Wire wire) {
    if (payload.peekUint8() == ServerError.HEADER) {
      return fail(payload);
    }
    if (payload.peekUint8() != Ok.HEADER) {
      throw new MalformedPacketException(
          "0x" + Integer.toHexString(payload.peekUint8()) + " where an OK was due");
    }
    Ok ok = Ok.decode(payload, wire.state().capabilities());
    if (reset) {
      Event end = complete(ok, wire);
      wire.state().loggedIn(wire.state().schema());
      return end;
    }
    reset = true;
    ended(ok, wire);
    ByteWriter body = wire.out().beginCommand();
    QueryExchange.writeCommand(body, wire.state());
    body.writeText(NAMES);
    sequence(wire.out().end());
    return Event.NEED_BYTES;
  }

  @Override
  boolean maySwitchCharacterSet(SessionState state) {
    return true;
  }

  @Override
  public boolean isBarrier(SessionState state) {
    return true;
  }

  @Override
  public long sizeHint() {
    return 16;
  }
}
