package io.bonito.protocol.message;

import io.bonito.protocol.buffer.ByteReader;

/**
 * ERR: the server refuses.
 *
 * <pre>
 *   0xFF  code(2)  '#' SQLState(5), left out before the login  message(rest)
 * </pre>
 *
 * @param sqlState five characters; {@code HY000} where the server gave none
 * @param message the server's own text, unchanged
 * @see <a
 *     href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_err_packet.html">ERR_Packet</a>
 */
public record ServerError(int code, String sqlState, String message) {
  public static final int HEADER = 0xFF;
  private static final int STATE_MARKER = '#';
  private static final int STATE_SIZE = 5;

  public static ServerError decode(ByteReader payload) {
    payload.skip(1);
    int code = payload.readUint16();
    String state = "HY000";
    if (payload.remaining() > STATE_SIZE && payload.peekUint8() == STATE_MARKER) {
      payload.skip(1);
      state = payload.readText(STATE_SIZE);
    }
    return new ServerError(code, state, payload.readText(payload.remaining()));
  }
}
