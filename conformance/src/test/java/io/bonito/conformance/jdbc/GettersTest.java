package io.bonito.conformance.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.testkit.server.Server;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One table of types and values, read by every getter, as text and in binary. */
@Tag("server")
class GettersTest {
  /** A column's type, a value in SQL, and what getObject makes of it. */
  private record Value(String type, String literal, @Nullable Object natural) {}

  private static final List<Value> VALUES =
      List.of(
          new Value("TINYINT", "-128", -128),
          new Value("TINYINT UNSIGNED", "255", 255),
          new Value("TINYINT(1)", "1", true),
          new Value("SMALLINT", "-32768", -32768),
          new Value("SMALLINT UNSIGNED", "65535", 65535),
          new Value("MEDIUMINT", "-8388608", -8388608),
          new Value("MEDIUMINT UNSIGNED", "16777215", 16777215),
          new Value("INT", "-2147483648", Integer.MIN_VALUE),
          new Value("INT UNSIGNED", "4294967295", 4294967295L),
          new Value("BIGINT", "-9223372036854775808", Long.MIN_VALUE),
          new Value(
              "BIGINT UNSIGNED", "18446744073709551615", new BigInteger("18446744073709551615")),
          new Value("INT(8) ZEROFILL", "42", 42L),
          new Value(
              "DECIMAL(20,4)", "-1234567890123456.7890", new BigDecimal("-1234567890123456.7890")),
          new Value("FLOAT", "1.5", 1.5f),
          new Value("DOUBLE", "-2.25e100", -2.25e100),
          new Value("BIT(1)", "b'1'", true),
          new Value("BIT(12)", "b'101010101010'", new byte[] {0x0A, (byte) 0xAA}),
          new Value("YEAR", "2026", Date.valueOf("2026-01-01")),
          new Value("DATE", "'2026-08-21'", Date.valueOf("2026-08-21")),
          new Value("TIME", "'17:04:05'", Time.valueOf("17:04:05")),
          new Value(
              "DATETIME(6)",
              "'2026-08-21 17:04:05.123456'",
              Timestamp.valueOf("2026-08-21 17:04:05.123456")),
          new Value("DATETIME", "'1000-01-01 00:00:00'", Timestamp.valueOf("1000-01-01 00:00:00")),
          new Value(
              "TIMESTAMP NULL", "'2026-08-21 17:04:05'", Timestamp.valueOf("2026-08-21 17:04:05")),
          new Value("CHAR(10)", "'bonito'", "bonito"),
          new Value("VARCHAR(50)", "'O''Neill \\\\ ünï 🐟'", "O'Neill \\ ünï 🐟"),
          new Value("VARCHAR(50) CHARACTER SET latin1", "'größe'", "größe"),
          new Value("VARCHAR(50)", "''", ""),
          new Value("VARCHAR(50)", "'-17.5'", "-17.5"),
          new Value("TINYTEXT", "'tiny'", "tiny"),
          new Value("TEXT", "'text'", "text"),
          new Value("LONGTEXT", "REPEAT('x', 70000)", "x".repeat(70000)),
          new Value("ENUM('a','b')", "'b'", "b"),
          new Value("SET('a','b')", "'a,b'", "a,b"),
          new Value("JSON", "'[1, 2]'", "[1, 2]"),
          new Value("BINARY(4)", "x'00FF1020'", new byte[] {0, (byte) 0xFF, 0x10, 0x20}),
          new Value("VARBINARY(20)", "x'00FF'", new byte[] {0, (byte) 0xFF}),
          new Value("BLOB", "x'0102'", new byte[] {1, 2}));

  private interface Getter {
    @Nullable Object get(ResultSet rows, int column) throws SQLException;
  }

  private static final Map<String, Getter> GETTERS = new LinkedHashMap<>();

  static {
    GETTERS.put("getString", ResultSet::getString);
    GETTERS.put("getBoolean", ResultSet::getBoolean);
    GETTERS.put("getByte", ResultSet::getByte);
    GETTERS.put("getShort", ResultSet::getShort);
    GETTERS.put("getInt", ResultSet::getInt);
    GETTERS.put("getLong", ResultSet::getLong);
    GETTERS.put("getFloat", ResultSet::getFloat);
    GETTERS.put("getDouble", ResultSet::getDouble);
    GETTERS.put("getBigDecimal", ResultSet::getBigDecimal);
    GETTERS.put("getBytes", ResultSet::getBytes);
    GETTERS.put("getDate", ResultSet::getDate);
    GETTERS.put("getTime", ResultSet::getTime);
    GETTERS.put("getTimestamp", ResultSet::getTimestamp);
    GETTERS.put("getObject", ResultSet::getObject);
    GETTERS.put("getNString", ResultSet::getNString);
    GETTERS.put("getBinaryStream", (rows, column) -> read(rows.getBinaryStream(column)));
    GETTERS.put("getAsciiStream", (rows, column) -> read(rows.getAsciiStream(column)));
    GETTERS.put("getCharacterStream", (rows, column) -> read(rows.getCharacterStream(column)));
    GETTERS.put("getBlob", (rows, column) -> read(rows.getBlob(column)));
    GETTERS.put("getClob", (rows, column) -> read(rows.getClob(column)));
    for (Class<?> type :
        List.of(
            String.class,
            Boolean.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigDecimal.class,
            BigInteger.class,
            byte[].class,
            Date.class,
            Time.class,
            Timestamp.class,
            LocalDate.class,
            LocalTime.class,
            LocalDateTime.class,
            OffsetDateTime.class,
            ZonedDateTime.class,
            Instant.class,
            Duration.class,
            UUID.class,
            Object.class)) {
      GETTERS.put(type.getSimpleName(), (rows, column) -> rows.getObject(column, type));
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void textAndBinaryGiveTheSameByEveryGetter(Server server) throws SQLException {
    try (Connection connection = Jdbc.connect(server, server.freshSchema(GettersTest.class))) {
      createTable(connection);
      try (Statement statement = connection.createStatement();
          PreparedStatement prepared =
              connection.prepareStatement("SELECT * FROM v WHERE id >= ? ORDER BY id");
          ResultSet text = statement.executeQuery("SELECT * FROM v ORDER BY id")) {
        prepared.setInt(1, 0);
        try (ResultSet binary = prepared.executeQuery()) {
          for (int row = 0; row < 2; row++) {
            assertThat(text.next()).isTrue();
            assertThat(binary.next()).isTrue();
            for (int column = 1; column <= VALUES.size(); column++) {
              for (Map.Entry<String, Getter> getter : GETTERS.entrySet()) {
                String what = VALUES.get(column - 1).type() + " by " + getter.getKey();
                Object fromText = outcome(getter.getValue(), text, column + 1);
                Object fromBinary = outcome(getter.getValue(), binary, column + 1);
                assertThat(fromBinary).as(what).isEqualTo(fromText);
                assertThat(binary.wasNull()).as(what).isEqualTo(text.wasNull());
              }
            }
          }
          assertThat(text.next()).isFalse();
          assertThat(binary.next()).isFalse();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void getObjectGivesTheTypeThatJdbcExpects(Server server) throws SQLException {
    try (Connection connection = Jdbc.connect(server, server.freshSchema(GettersTest.class))) {
      createTable(connection);
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT * FROM v ORDER BY id")) {
        rows.next();
        for (int i = 0; i < VALUES.size(); i++) {
          assertThat(rows.getObject(i + 2))
              .as(VALUES.get(i).type())
              .isEqualTo(VALUES.get(i).natural());
          assertThat(rows.getMetaData().getColumnClassName(i + 2))
              .as(VALUES.get(i).type())
              .isEqualTo(VALUES.get(i).natural().getClass().getName());
        }
        rows.next();
        for (int i = 0; i < VALUES.size(); i++) {
          assertThat(rows.getObject(i + 2)).as(VALUES.get(i).type()).isNull();
          assertThat(rows.wasNull()).isTrue();
        }
      }
    }
  }

  /** The server's own CAST is the oracle. */
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void getStringSaysWhatTheServerSays(Server server) throws SQLException {
    try (Connection connection = Jdbc.connect(server, server.freshSchema(GettersTest.class))) {
      createTable(connection);
      for (int i = 0; i < VALUES.size(); i++) {
        Value value = VALUES.get(i);
        if (value.natural() instanceof byte[] || value.type().startsWith("BIT")) {
          continue;
        }
        try (Statement statement = connection.createStatement();
            ResultSet rows =
                statement.executeQuery(
                    "SELECT c" + i + ", CAST(c" + i + " AS CHAR) FROM v WHERE id = 1")) {
          rows.next();
          assertThat(rows.getString(1)).as(value.type()).isEqualTo(rows.getString(2));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void everyValueComesBackAsItWasSet(Server server) throws SQLException {
    try (Connection connection = Jdbc.connect(server, server.freshSchema(GettersTest.class))) {
      createTable(connection);
      for (int i = 0; i < VALUES.size(); i++) {
        Object value = VALUES.get(i).natural();
        if (VALUES.get(i).type().equals("YEAR")) {
          value = 2026;
        }
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE v SET c" + i + " = ? WHERE id = 2");
            PreparedStatement same =
                connection.prepareStatement(
                    "SELECT COUNT(*) FROM v a, v b WHERE a.id = 1 AND b.id = 2 AND"
                        + " CAST(a.c"
                        + i
                        + " AS CHAR) <=> CAST(b.c"
                        + i
                        + " AS CHAR)")) {
          update.setObject(1, value);
          assertThat(update.executeUpdate()).as(VALUES.get(i).type()).isEqualTo(1);
          try (ResultSet rows = same.executeQuery()) {
            rows.next();
            assertThat(rows.getInt(1)).as(VALUES.get(i).type()).isEqualTo(1);
          }
        }
      }
    }
  }

  private static void createTable(Connection connection) throws SQLException {
    StringBuilder columns = new StringBuilder("CREATE TABLE v (id INT PRIMARY KEY");
    StringBuilder literals = new StringBuilder("INSERT INTO v VALUES (1");
    StringBuilder nulls = new StringBuilder("INSERT INTO v VALUES (2");
    for (int i = 0; i < VALUES.size(); i++) {
      columns.append(", c").append(i).append(' ').append(VALUES.get(i).type());
      literals.append(", ").append(VALUES.get(i).literal());
      nulls.append(", NULL");
    }
    Jdbc.run(
        connection,
        columns.append(")").toString(),
        literals.append(")").toString(),
        nulls.append(")").toString());
  }

  /** What a getter gives, in a form that can be compared; for a refusal, its class. */
  private static @Nullable Object outcome(Getter getter, ResultSet rows, int column) {
    try {
      Object value = getter.get(rows, column);
      return value instanceof byte[] bytes ? Arrays.toString(bytes) : value;
    } catch (SQLException e) {
      return e.getClass();
    }
  }

  private static @Nullable Object read(@Nullable InputStream stream) {
    try {
      return stream == null ? null : Arrays.toString(stream.readAllBytes());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static @Nullable Object read(@Nullable Reader reader) {
    try {
      char[] buffer = new char[100_000];
      if (reader == null) {
        return null;
      }
      int count = reader.read(buffer);
      return count < 0 ? "" : new String(buffer, 0, count);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static @Nullable Object read(@Nullable Blob blob) throws SQLException {
    return blob == null ? null : Arrays.toString(blob.getBytes(1, (int) blob.length()));
  }

  private static @Nullable Object read(@Nullable Clob clob) throws SQLException {
    return clob == null ? null : clob.getSubString(1, (int) clob.length());
  }
}
