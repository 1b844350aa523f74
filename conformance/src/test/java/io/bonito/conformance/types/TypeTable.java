package io.bonito.conformance.types;

import static io.bonito.conformance.types.SqlType.parsed;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.bonito.conformance.types.SqlType.Value;
import io.bonito.testkit.server.Family;
import io.bonito.testkit.server.ServerKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Every type of both servers, with the values at its corners. */
final class TypeTable {
  private static final String HEX = "HEX(v)";

  /** Words that have gone wrong somewhere before. */
  private static final String[] TEXTS = {
    "",
    "a",
    "-17.5",
    "1e3",
    "2026-08-21",
    "O'Neill \\ \"?\" %s {d} -- ;",
    "tab\t nul\0 \u001A\r\n.",
    "ünï \u20AC",
    "漢字かな한국",
    "\uD83D\uDC1F",
    "\uFFFD",
    "t"
  };

  private TypeTable() {}

  static List<SqlType> of(ServerKind server) {
    List<SqlType> types = new ArrayList<>();
    integers(types);
    otherNumbers(types);
    if (keepsNegativeZero(server)) {
      types.add(parsed("DOUBLE", Double::valueOf, "-0.0"));
      types.add(parsed("FLOAT", Float::valueOf, "-0.0"));
    }
    times(types);
    texts(types);
    bytes(types);
    if (server.family() == Family.MARIADB) {
      ofMariaDb(types);
    }
    if (server == ServerKind.MARIADB_11_8) {
      // On the wire it is no type of its own, but binary text.
      types.add(vector("VEC_FromText", TypeTable::littleEndian).text("NULL").bytes(HEX));
    }
    if (server == ServerKind.MYSQL_9_7) {
      types.add(vector("STRING_TO_VECTOR", vector -> vector).text("NULL").bytes(HEX));
    }
    return types;
  }

  /** MariaDB 10.11.18 and 11.8.9 give 0 for it, however SQL writes it; 11.4.5 keeps it. */
  private static boolean keepsNegativeZero(ServerKind server) {
    return server.family() == Family.MYSQL || server == ServerKind.MARIADB_11_4;
  }

  private static void integers(List<SqlType> types) {
    types.add(parsed("TINYINT", Integer::valueOf, "-128", "-1", "0", "1", "127"));
    types.add(parsed("TINYINT(1)", Integer::valueOf, "-128", "0", "1", "127"));
    types.add(parsed("TINYINT UNSIGNED", Integer::valueOf, "0", "127", "128", "255"));
    types.add(parsed("SMALLINT", Integer::valueOf, "-32768", "-1", "0", "32767"));
    types.add(parsed("SMALLINT UNSIGNED", Integer::valueOf, "0", "32768", "65535"));
    types.add(parsed("MEDIUMINT", Integer::valueOf, "-8388608", "-1", "0", "8388607"));
    types.add(parsed("MEDIUMINT UNSIGNED", Integer::valueOf, "0", "8388608", "16777215"));
    types.add(parsed("INT", Integer::valueOf, "-2147483648", "-1", "0", "2147483647"));
    types.add(parsed("INT UNSIGNED", Long::valueOf, "0", "2147483648", "4294967295"));
    types.add(parsed("INT(8) ZEROFILL", Long::valueOf, "0", "42", "4294967295"));
    types.add(
        parsed("BIGINT", Long::valueOf, "-9223372036854775808", "-1", "0", "9223372036854775807"));
    types.add(
        parsed(
            "BIGINT UNSIGNED",
            BigInteger::new,
            "0",
            "9223372036854775807",
            "9223372036854775808",
            "18446744073709551615"));
    types.add(parsed("YEAR", Integer::valueOf, "1901", "1970", "2155", "0000"));
    for (int bits = 1; bits <= 64; bits++) {
      types.add(bits(bits));
    }
  }

  private static SqlType bits(int count) {
    List<Value> values = new ArrayList<>();
    long all = -1L >>> (64 - count);
    for (long number : new long[] {all & 0xAAAA_AAAA_AAAA_AAAAL, all}) {
      byte[] bytes = BigInteger.valueOf(number).toByteArray();
      byte[] natural = new byte[(count + 7) / 8];
      for (int i = 1; i <= natural.length; i++) {
        natural[natural.length - i] =
            i <= bytes.length ? bytes[bytes.length - i] : (byte) (number >> 63);
      }
      Object value = count == 1 ? (Object) (number == 1) : natural;
      values.add(new Value("b'" + Long.toBinaryString(number) + "'", value));
    }
    return new SqlType("BIT(" + count + ")", values.toArray(new Value[0]))
        .text("CAST(v + 0 AS CHAR)");
  }

  private static void otherNumbers(List<SqlType> types) {
    String nines = "9".repeat(35) + "." + "9".repeat(30);
    types.add(
        parsed(
            "DECIMAL(65,30)",
            BigDecimal::new,
            nines,
            "-" + nines,
            "0." + "0".repeat(30),
            "0." + "0".repeat(29) + "1",
            "-1.5" + "0".repeat(29)));
    types.add(parsed("DECIMAL(65,0)", BigDecimal::new, "9".repeat(65), "-" + "9".repeat(65), "0"));
    types.add(parsed("DECIMAL(10,2) UNSIGNED", BigDecimal::new, "0.00", "99999999.99", "127.50"));
    types.add(parsed("DECIMAL(8,2) ZEROFILL", BigDecimal::new, "000001.50"));
    types.add(
        parsed(
            "DOUBLE",
            Double::valueOf,
            "0",
            "0.1",
            "-1.5",
            "9007199254740993",
            "1e15",
            "1e16",
            "-1e-15",
            "1e-16",
            "123456789012345680",
            "1.7976931348623157e308",
            "-1.7976931348623157e308",
            "2.2250738585072014e-308",
            "9223372036854775808"));
    types.add(parsed("DOUBLE(10,2)", Double::valueOf, "0", "-12345678.9", "2.35"));
    types.add(
        parsed("FLOAT", Float::valueOf, "0", "1.5", "-2.25", "0.1", "1.5e30", "1e-20")
            // MySQL's CAST writes fewer digits than its text rows.
            .text("NULL")
            .with(
                new Value("3.402823466e38", Float.MAX_VALUE, 3.40282e38f),
                new Value("1.175494351e-38", Float.MIN_NORMAL, 1.17549e-38f),
                new Value("16777215", 16777215f, 16777200f)));
  }

  private static void times(List<SqlType> types) {
    types.add(
        parsed(
            "DATE",
            LocalDate::parse,
            "1000-01-01",
            "0001-01-01",
            "1582-10-10",
            "1970-01-01",
            "2024-02-29",
            "9999-12-31"));
    for (int digits = 0; digits <= 6; digits++) {
      types.add(
          fractions(
              "TIME",
              digits,
              TypeTable::duration,
              "00:00:00.000000",
              "23:59:59.999999",
              "-00:00:00.500000",
              "-00:00:01.000001",
              "25:00:00.100000",
              "-100:10:20.123456",
              "837:59:59.999999",
              "838:59:59.000000",
              "-838:59:59.000000"));
      Function<String, LocalDateTime> dateTime =
          text -> LocalDateTime.parse(text.replace(' ', 'T'));
      types.add(
          fractions(
              "DATETIME",
              digits,
              dateTime,
              "1000-01-01 00:00:00.000000",
              "1582-10-10 23:59:59.999999",
              "2024-02-29 00:00:00.100000",
              "2026-08-21 17:04:05.120450",
              "9999-12-31 23:59:59.999999"));
      types.add(
          fractions(
              "TIMESTAMP",
              digits,
              dateTime,
              "1970-01-03 00:00:01.000001",
              "2026-08-21 17:04:05.120450",
              "2037-12-31 23:59:59.999999"));
    }
  }

  private static SqlType fractions(
      String type, int digits, Function<String, ?> natural, String... texts) {
    String[] cut = new String[texts.length];
    for (int i = 0; i < cut.length; i++) {
      int cutOff = digits == 0 ? 7 : 6 - digits;
      cut[i] = texts[i].substring(0, texts[i].length() - cutOff);
    }
    String nullable = type.equals("TIMESTAMP") ? " NULL" : "";
    return parsed(type + "(" + digits + ")" + nullable, natural::apply, cut);
  }

  private static Duration duration(String text) {
    String[] parts = text.replace("-", "").split("[:.]");
    Duration size =
        Duration.ofHours(Long.parseLong(parts[0]))
            .plusMinutes(Long.parseLong(parts[1]))
            .plusSeconds(Long.parseLong(parts[2]));
    if (parts.length == 4) {
      size = size.plusNanos(Long.parseLong((parts[3] + "000000000").substring(0, 9)));
    }
    return text.startsWith("-") ? size.negated() : size;
  }

  private static void texts(List<SqlType> types) {
    for (String type : List.of("CHAR(50)", "VARCHAR(50)", "TINYTEXT", "TEXT", "MEDIUMTEXT")) {
      types.add(texts(type, TEXTS));
    }
    types.add(texts("LONGTEXT", "x".repeat(70_000), "ü\uD83D\uDC1F".repeat(20_000)));
    types.add(texts("ENUM('a','it''s','größe','')", "a", "it's", "größe", ""));
    types.add(texts("SET('a','b','größe')", "", "a", "b,größe", "a,b,größe"));
    types.add(
        texts(
                "JSON",
                "[1, 2]",
                "{}",
                "null",
                "true",
                "1.5",
                "\"O'Neill \\\\ \\\"quoted\\\"\"",
                "{\"a\": \"ü\uD83D\uDC1F\", \"b\": [null, {\"c\": -1}]}")
            .bytes("HEX(CAST(v AS CHAR))"));
  }

  private static SqlType texts(String declaration, String... texts) {
    Value[] values = new Value[texts.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = new Value("_utf8mb4 x'" + Getter.hex(texts[i].getBytes(UTF_8)) + "'", texts[i]);
    }
    return new SqlType(declaration, values).bytes(HEX);
  }

  private static void bytes(List<SqlType> types) {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    byte[][] values = {{}, {0}, {'\\'}, {'\'', '"', '\\', 0, 26}, {(byte) 0xBF, 0x5C, 0x27}, all};
    types.add(bytes("BINARY(4)", new byte[4], Arrays.copyOf(all, 4), new byte[] {0x41, 0, 0, 0}));
    types.add(bytes("VARBINARY(256)", values));
    types.add(bytes("TINYBLOB", Arrays.copyOf(values, 5)));
    for (String type : List.of("BLOB", "MEDIUMBLOB", "LONGBLOB")) {
      types.add(bytes(type, values));
    }
    byte[] point = wkb(1, 1.5, -2);
    types.add(
        new SqlType("POINT", new Value("ST_GeomFromText('POINT(1.5 -2)')", point))
            .text("NULL")
            .bytes(HEX));
    types.add(
        new SqlType("GEOMETRY", new Value("ST_GeomFromText('POINT(1.5 -2)')", point))
            .text("NULL")
            .bytes(HEX));
  }

  private static SqlType bytes(String declaration, byte[]... arrays) {
    Value[] values = new Value[arrays.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = new Value("x'" + Getter.hex(arrays[i]) + "'", arrays[i]);
    }
    return new SqlType(declaration, values).text("NULL").bytes(HEX);
  }

  /** A geometry as the servers keep it: an SRID of 4 bytes, then well-known binary. */
  private static byte[] wkb(int type, double... coordinates) {
    ByteBuffer buffer =
        ByteBuffer.allocate(9 + 8 * coordinates.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(0).put((byte) 1).putInt(type);
    for (double coordinate : coordinates) {
      buffer.putDouble(coordinate);
    }
    return buffer.array();
  }

  private static void ofMariaDb(List<SqlType> types) {
    types.add(
        parsed(
            "UUID",
            UUID::fromString,
            "00000000-0000-0000-0000-000000000001",
            "123e4567-e89b-12d3-a456-426655440000",
            "ffffffff-ffff-ffff-ffff-ffffffffffff"));
    types.add(parsed("INET4", TypeTable::address, "0.0.0.0", "127.0.0.1", "255.255.255.255"));
    types.add(
        parsed("INET6", TypeTable::address, "::", "::1", "2001:db8::ff00:42:8329", "fe80::1"));
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text); // an address, so no name is looked up
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static SqlType vector(String function, Function<float[], Object> natural) {
    // A vector whose length overflows is none for MariaDB.
    float[][] vectors = {{1, 2, 3.5f}, {0, -1.5e-10f, 1.25e18f}};
    Value[] values = new Value[vectors.length];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          new Value(
              function + "('" + Arrays.toString(vectors[i]) + "')", natural.apply(vectors[i]));
    }
    return new SqlType("VECTOR(3)", values);
  }

  private static byte[] littleEndian(float[] vector) {
    ByteBuffer buffer =
        ByteBuffer.allocate(Float.BYTES * vector.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float number : vector) {
      buffer.putFloat(number);
    }
    return buffer.array();
  }
}
