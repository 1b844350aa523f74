package io.bonito.protocol.message;

import io.bonito.protocol.buffer.ByteWriter;
import java.util.Map;

/**
 * COM_CHANGE_USER: log in anew on the same connection.
 *
 * <pre>
 *   0x11  user(NUL)  length(1) first answer of the plugin  database(NUL)  collation(2)
 *   plugin(NUL)  attributes if CONNECT_ATTRS
 * </pre>
 *
 * @see <a
 *     href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_change_user.html">COM_CHANGE_USER</a>
 */
public record ChangeUser(
    long capabilities,
    int collation,
    String user,
    byte[] authResponse,
    String database,
    String authPlugin,
    Map<String, String> attributes) {
  public static final int COMMAND = 0x11;

  public void encode(ByteWriter out) {
    out.writeInt8(COMMAND);
    out.writeText(user);
    out.writeInt8(0);
    out.writeInt8(authResponse.length);
    out.writeBytes(authResponse);
    out.writeText(database);
    out.writeInt8(0);
    out.writeInt16(collation);
    out.writeText(authPlugin);
    out.writeInt8(0);
    if ((capabilities & Capability.CONNECT_ATTRS) != 0) {
      ConnectionAttributes.encode(attributes, out);
    }
  }
}
