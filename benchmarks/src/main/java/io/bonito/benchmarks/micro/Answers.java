package io.bonito.benchmarks.micro;

import io.bonito.protocol.message.Capability;
import io.bonito.protocol.value.WireFormat;
import io.bonito.testkit.script.Frames;
import io.bonito.testkit.script.Packets;
import io.bonito.testkit.script.Payload;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** What a server of MySQL 8 says: a login, and rows of a number and a name of 32 characters. */
final class Answers {
  static final long OFFERED =
      Capability.LONG_PASSWORD
          | Capability.PROTOCOL_41
          | Capability.SECURE_CONNECTION
          | Capability.PLUGIN_AUTH
          | Capability.MULTI_RESULTS
          | Capability.PS_MULTI_RESULTS
          | Capability.DEPRECATE_EOF;

  private static final int INT = 3;
  private static final int VARCHAR = 253;
  private static final int BINARY = 63;
  private static final int UTF8MB4 = 45;
  private static final int FIRST_ID = 1_000_000;
  private static final String NAME = "a name of thirty-two characters.";

  private Answers() {}

  static byte[] greeting() {
    return Frames.frame(0, Packets.greeting("8.0.33", OFFERED, "mysql_native_password"));
  }

  static byte[] welcome() {
    return Frames.frame(2, Packets.ok());
  }

  /** To PREPARE of a query with one parameter. */
  static byte[] prepared() {
    return frames(
        Packets.prepared(1, 2, 1),
        Packets.column("?", VARCHAR, UTF8MB4, 0),
        Packets.column("id", INT, BINARY, 0),
        Packets.column("name", VARCHAR, UTF8MB4, 0));
  }

  /** So many rows, with the column count before and the OK behind them. */
  static byte[] rows(WireFormat format, int count) {
    byte[][] payloads = new byte[count + 4][];
    payloads[0] = new byte[] {2};
    payloads[1] = Packets.column("id", INT, BINARY, 0);
    payloads[2] = Packets.column("name", VARCHAR, UTF8MB4, 0);
    for (int i = 0; i < count; i++) {
      payloads[i + 3] =
          format == WireFormat.TEXT
              ? Packets.textRow(List.of(Integer.toString(FIRST_ID + i), NAME))
              : new Payload().int8(0).int8(0).int32(FIRST_ID + i).lengthText(NAME).bytes();
    }
    payloads[count + 3] = Packets.endOk(Packets.AUTOCOMMIT);
    return frames(payloads);
  }

  /** One packet behind the other, numbered from 1 on. */
  private static byte[] frames(byte[]... payloads) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < payloads.length; i++) {
      out.writeBytes(Frames.frame(i + 1 & 0xFF, payloads[i]));
    }
    return out.toByteArray();
  }
}
