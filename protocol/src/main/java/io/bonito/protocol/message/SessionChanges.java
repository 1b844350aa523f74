package io.bonito.protocol.message;

import io.bonito.protocol.buffer.ByteReader;
import io.bonito.protocol.buffer.MalformedPacketException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a statement changed in its session, as the server reports it with an OK.
 *
 * <pre>
 *   size of all(length-encoded)  then for each: kind(1)  size(length-encoded)  data
 *   0 variable: name value    1 schema: name    2 anything: '1'    3 GTIDs: encoding(1) text
 *   4 characteristics of the transaction: text    5 state of the transaction: text
 * </pre>
 *
 * <p>Kinds that are not known here are passed over.
 *
 * @param variables new values of tracked system variables, by name
 * @param schema the schema now in use, or null where it did not change
 * @param gtids empty where the server told none
 * @param transactionState the server's eight characters, or empty
 * @see <a
 *     href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_ok_packet.html#sect_protocol_basic_ok_packet_sessinfo">Session
 *     state information</a>
 */
public record SessionChanges(
    Map<String, String> variables,
    @Nullable String schema,
    String gtids,
    String transactionCharacteristics,
    String transactionState) {
  public static final SessionChanges NONE = new SessionChanges(Map.of(), null, "", "", "");

  private static final int VARIABLE = 0;
  private static final int SCHEMA = 1;
  private static final int GTIDS = 3;
  private static final int TRANSACTION_CHARACTERISTICS = 4;
  private static final int TRANSACTION_STATE = 5;

  static SessionChanges decode(ByteReader payload) {
    long size = payload.readLength();
    if (size < 0 || size > payload.remaining()) {
      throw new MalformedPacketException(
          "session changes of " + size + " bytes, " + payload.remaining() + " left");
    }
    int end = payload.position() + (int) size;
    Map<String, String> variables = new LinkedHashMap<>();
    String schema = null;
    String gtids = "";
    String characteristics = "";
    String state = "";
    while (payload.position() < end) {
      int kind = payload.readUint8();
      ByteReader data = new ByteReader().wrap(payload.readLengthEncodedBytes());
      switch (kind) {
        case VARIABLE -> {
          // MariaDB puts several pairs into one entry.
          while (data.remaining() > 0) {
            String name = data.readText();
            variables.put(name, readValue(data));
          }
        }
        case SCHEMA -> schema = data.readText();
        case GTIDS -> {
          data.skip(1);
          gtids = data.readText();
        }
        case TRANSACTION_CHARACTERISTICS -> characteristics = data.readText();
        case TRANSACTION_STATE -> state = data.readText();
        default -> {}
      }
    }
    if (payload.position() != end) {
      throw new MalformedPacketException(
          "session changes end " + (payload.position() - end) + " bytes late");
    }
    return new SessionChanges(variables, schema, gtids, characteristics, state);
  }

  /** A variable set to NULL, as character_set_results may be, comes as the NULL of a row. */
  private static String readValue(ByteReader data) {
    if (data.peekUint8() == 0xFB) {
      data.skip(1);
      return "";
    }
    return data.readText();
  }
}
