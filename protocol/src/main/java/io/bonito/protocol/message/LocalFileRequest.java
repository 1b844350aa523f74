package io.bonito.protocol.message;

import io.bonito.protocol.buffer.ByteReader;

/**
 * LOCAL INFILE Request: the server asks for what its client is to load.
 *
 * <pre>
 *   0xFB  name of a file(rest)
 * </pre>
 *
 * <p>The name is the server's choice. Nothing here opens it.
 *
 * @see <a
 *     href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_query_response_local_infile_request.html">LOCAL
 *     INFILE Request</a>
 */
public record LocalFileRequest(String name) {
  public static final int HEADER = 0xFB;

  public static LocalFileRequest decode(ByteReader payload) {
    payload.skip(1);
    return new LocalFileRequest(payload.readText(payload.remaining()));
  }
}
