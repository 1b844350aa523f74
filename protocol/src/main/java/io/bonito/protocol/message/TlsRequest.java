package io.bonito.protocol.message;

import io.bonito.protocol.buffer.ByteWriter;

/**
 * SSLRequest: the first 32 bytes of the answer to the greeting, sent alone so that all the rest
 * goes over TLS.
 *
 * <pre>
 *   capabilities low(4)  largest packet(4)  collation(1)  zeros(19)  MariaDB's capabilities(4)
 * </pre>
 *
 * @param capabilities the low 32 bits, and MariaDB's extended ones above them
 * @param collation an id up to 255
 * @see <a
 *     href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_packets_protocol_ssl_request.html">SSLRequest</a>
 */
public record TlsRequest(long capabilities, int collation) {
  /** What the client takes in one packet; the servers do not act on it. */
  private static final int LARGEST_PACKET = 1 << 30;

  public void encode(ByteWriter out) {
    out.writeInt32((int) capabilities);
    out.writeInt32(LARGEST_PACKET);
    out.writeInt8(collation);
    out.writeZeros(19);
    out.writeInt32((int) (capabilities >>> 32));
  }
}
