package io.bonito.protocol.message;

import io.bonito.protocol.buffer.ByteWriter;
import java.util.Map;

/**
 * The client's answer to the greeting, HandshakeResponse41.
 *
 * <pre>
 *   the 32 bytes of {@link TlsRequest}  user(NUL)  first answer of the plugin(length-encoded)
 *   database(NUL) if CONNECT_WITH_DB  plugin(NUL)  attributes if CONNECT_ATTRS
 * </pre>
 *
 * @param database empty for none
 * @param attributes names and values, at most 64 KiB in all
 * @see <a
 *     href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_packets_protocol_handshake_response.html">HandshakeResponse41</a>
 */
public record HandshakeResponse(
    long capabilities,
    int collation,
    String user,
    byte[] authResponse,
    String database,
    String authPlugin,
    Map<String, String> attributes) {
  public void encode(ByteWriter out) {
    new TlsRequest(capabilities, collation).encode(out);
    out.writeText(user);
    out.writeInt8(0);
    out.writeLengthEncodedBytes(authResponse);
    if ((capabilities & Capability.CONNECT_WITH_DB) != 0) {
      out.writeText(database);
      out.writeInt8(0);
    }
    out.writeText(authPlugin);
    out.writeInt8(0);
    if ((capabilities & Capability.CONNECT_ATTRS) != 0) {
      ConnectionAttributes.encode(attributes, out);
    }
  }
}
