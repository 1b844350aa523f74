package io.bonito.protocol.message;

import io.bonito.protocol.buffer.ByteReader;
import io.bonito.protocol.buffer.MalformedPacketException;
import java.util.Arrays;

/**
 * The server's first packet, HandshakeV10.
 *
 * <pre>
 *   version(1)=10  server version(NUL)  connection id(4)  challenge(8)  0  capabilities low(2)
 *   collation(1)  status(2)  capabilities high(2)  challenge length(1)  reserved(6)
 *   MariaDB's capabilities(4), where LONG_PASSWORD is not set; else reserved
 *   challenge, second part(max(13, length - 8), its last byte a NUL)  plugin(NUL)
 * </pre>
 *
 * @param serverVersion as sent, MariaDB's prefix {@code 5.5.5-} included
 * @param capabilities the low 32 bits, and MariaDB's extended ones above them
 * @param collation the server's default, 0 to 255
 * @param challenge usually 20 bytes
 * @see <a
 *     href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_packets_protocol_handshake_v10.html">HandshakeV10</a>
 */
public record Greeting(
    String serverVersion,
    long connectionId,
    long capabilities,
    int collation,
    int status,
    byte[] challenge,
    String authPlugin) {
  private static final int PROTOCOL_VERSION = 10;
  private static final int X_PROTOCOL_NOTICE = 11;
  private static final int FIRST_CHALLENGE_SIZE = 8;
  private static final int SMALLEST_SECOND_PART = 13;
  private static final long REQUIRED =
      Capability.PROTOCOL_41 | Capability.SECURE_CONNECTION | Capability.PLUGIN_AUTH;

  public static Greeting decode(ByteReader payload) {
    int protocol = payload.readUint8();
    if (protocol == X_PROTOCOL_NOTICE) {
      throw new MalformedPacketException(
          "this port speaks MySQL's X protocol; the classic one is usually on 3306");
    }
    if (protocol != PROTOCOL_VERSION) {
      throw new MalformedPacketException(
          "not a MySQL server, or one older than 4.1: protocol version " + protocol);
    }
    String version = payload.readNulTerminatedText();
    long connectionId = payload.readUint32();
    byte[] first = payload.readBytes(FIRST_CHALLENGE_SIZE);
    payload.skip(1);
    long capabilities = payload.readUint16();
    if (payload.remaining() == 0) {
      throw new MalformedPacketException("a server older than 4.1: " + version);
    }
    int collation = payload.readUint8();
    int status = payload.readUint16();
    capabilities |= (long) payload.readUint16() << 16;
    int challengeSize = payload.readUint8();
    payload.skip(6);
    long extended = payload.readUint32();
    if ((capabilities & Capability.LONG_PASSWORD) == 0) {
      capabilities |= extended << 32;
    }
    if ((capabilities & REQUIRED) != REQUIRED) {
      throw new MalformedPacketException(
          "the server lacks what every server since 5.5 offers: capabilities "
              + Long.toHexString(capabilities));
    }
    // Some proxies leave the NUL out, and the plugin's name with it.
    int secondSize =
        Math.min(
            Math.max(SMALLEST_SECOND_PART, challengeSize - FIRST_CHALLENGE_SIZE),
            payload.remaining());
    byte[] second = payload.readBytes(secondSize);
    String plugin =
        payload.remaining() == 0 ? "mysql_native_password" : payload.readNulTerminatedText();
    return new Greeting(
        version, connectionId, capabilities, collation, status, join(first, second), plugin);
  }

  private static byte[] join(byte[] first, byte[] second) {
    int length = second.length;
    if (length > 0 && second[length - 1] == 0) {
      length--;
    }
    byte[] whole = Arrays.copyOf(first, first.length + length);
    System.arraycopy(second, 0, whole, first.length, length);
    return whole;
  }

  public boolean offers(long capability) {
    return (capabilities & capability) == capability;
  }
}
