package io.bonito.protocol.message;

import io.bonito.protocol.buffer.ByteReader;

/**
 * The first packet of the answer to COM_STMT_PREPARE.
 *
 * <pre>
 *   0x00  statement id(4)  columns(2)  parameters(2)  0  warnings(2)
 * </pre>
 *
 * @see <a
 *     href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_stmt_prepare.html#sect_protocol_com_stmt_prepare_response_ok">COM_STMT_PREPARE_OK</a>
 */
public record PrepareOk(int statementId, int columnCount, int parameterCount, int warnings) {
  public static final int HEADER = 0x00;

  public static PrepareOk decode(ByteReader payload) {
    payload.skip(1);
    int statementId = payload.readInt32();
    int columns = payload.readUint16();
    int parameters = payload.readUint16();
    payload.skip(1);
    int warnings = payload.remaining() >= 2 ? payload.readUint16() : 0;
    return new PrepareOk(statementId, columns, parameters, warnings);
  }
}
