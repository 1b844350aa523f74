package io.bonito.protocol.message;

import io.bonito.protocol.buffer.ByteWriter;
import java.util.Map;

/**
 * Names and values that describe a client, shown by the server in {@code session_connect_attrs}.
 *
 * <pre>
 *   size of all(length-encoded)  then for each: name(length-encoded) value(length-encoded)
 * </pre>
 */
final class ConnectionAttributes {
  private ConnectionAttributes() {}

  static void encode(Map<String, String> attributes, ByteWriter out) {
    ByteWriter pairs = new ByteWriter();
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      pairs.writeLengthEncodedText(attribute.getKey());
      pairs.writeLengthEncodedText(attribute.getValue());
    }
    out.writeLength(pairs.end());
    out.writeBytes(pairs.array(), 0, pairs.end());
  }
}
