package io.bonito.testkit.script;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The payloads that servers send, well formed. */
public final class Packets {
  /** Status: autocommit is on. */
  public static final int AUTOCOMMIT = 2;

  /** Status: a further result follows. */
  public static final int MORE_RESULTS = 8;

  private static final byte[] SCRAMBLE =
      "abcdefghijklmnopqrst".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  private Packets() {}

  /** The scramble of {@link #greeting}: 20 letters, always the same. */
  public static byte[] scramble() {
    return SCRAMBLE.clone();
  }

  /** Handshake version 10. */
  public static byte[] greeting(String version, long capabilities, String plugin) {
    return new Payload()
        .int8(10)
        .nulText(version)
        .int32(7)
        .raw(java.util.Arrays.copyOf(SCRAMBLE, 8))
        .int8(0)
        .int16((int) capabilities)
        .int8(45)
        .int16(AUTOCOMMIT)
        .int16((int) (capabilities >>> 16))
        .int8(SCRAMBLE.length + 1)
        .zeros(6)
        .int32(capabilities >>> 32)
        .raw(java.util.Arrays.copyOfRange(SCRAMBLE, 8, 20))
        .int8(0)
        .nulText(plugin)
        .bytes();
  }

  public static byte[] ok() {
    return ok(0, 0, AUTOCOMMIT, 0);
  }

  public static byte[] ok(long affectedRows, long insertId, int status, int warnings) {
    return new Payload()
        .int8(0)
        .length(affectedRows)
        .length(insertId)
        .int16(status)
        .int16(warnings)
        .bytes();
  }

  /** An OK that ends rows, where EOF is deprecated. */
  public static byte[] endOk(int status) {
    return new Payload().int8(0xfe).length(0).length(0).int16(status).int16(0).bytes();
  }

  public static byte[] eof(int status) {
    return new Payload().int8(0xfe).int16(0).int16(status).bytes();
  }

  public static byte[] error(int code, String sqlState, String message) {
    return new Payload().int8(0xff).int16(code).text("#" + sqlState).text(message).bytes();
  }

  /** Asks the client to log in by another method. */
  public static byte[] authSwitch(String plugin, byte[] data) {
    return new Payload().int8(0xfe).nulText(plugin).raw(data).bytes();
  }

  public static byte[] moreAuthData(byte... data) {
    return new Payload().int8(1).raw(data).bytes();
  }

  /**
   * @param type the wire's code, such as 3 for INT and 253 for VARCHAR
   * @param collation 45 for utf8mb4, 63 for binary and numbers
   */
  public static byte[] column(String name, int type, int collation, int flags) {
    return new Payload()
        .lengthText("def")
        .lengthText("")
        .lengthText("")
        .lengthText("")
        .lengthText(name)
        .lengthText("")
        .length(12)
        .int16(collation)
        .int32(1024)
        .int8(type)
        .int16(flags)
        .int8(0)
        .int16(0)
        .bytes();
  }

  public static byte[] textRow(List<@Nullable String> values) {
    Payload row = new Payload();
    values.forEach(row::lengthText);
    return row.bytes();
  }

  public static byte[] prepared(int statementId, int columnCount, int parameterCount) {
    return new Payload()
        .int8(0)
        .int32(statementId)
        .int16(columnCount)
        .int16(parameterCount)
        .int8(0)
        .int16(0)
        .bytes();
  }

  /** Asks the client for a file. */
  public static byte[] localInfile(String path) {
    return new Payload().int8(0xfb).text(path).bytes();
  }
}
