package io.bonito.conformance.jdbc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.testkit.server.Server;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.Date;
import java.sql.JDBCType;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Year;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.Calendar;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every class that either rival takes in setObject and gives from getObject, and some more. */
@Tag("server")
class ObjectsTest {
  private static final String SERVERS = "io.bonito.testkit.server.Servers#selected";

  /** A column, a value that goes into it, and the class that it is read as. */
  private record Case(String column, Object value, Class<?> type, Object expected) {
    Case(String column, Object value) {
      this(column, value, value.getClass(), value);
    }
  }

  private static List<Case> cases() throws UnknownHostException {
    LocalDateTime at = LocalDateTime.of(2026, 3, 4, 5, 6, 7, 891_000_000);
    UUID uuid = UUID.fromString("01234567-89ab-cdef-0123-456789abcdef");
    UUID binary = UUID.fromString("30313233-3435-3637-3839-616263646566");
    InetAddress host = InetAddress.getByName("192.0.2.7");
    InetAddress host6 = InetAddress.getByName("2001:db8::7");
    return List.of(
        new Case("VARCHAR(200)", "text é😀"),
        new Case("VARCHAR(200)", 'c', String.class, "c"),
        new Case("VARCHAR(200)", DayOfWeek.MONDAY, String.class, "MONDAY"),
        new Case("VARCHAR(200)", DayOfWeek.MONDAY),
        new Case("VARCHAR(200)", new StringBuilder("built"), String.class, "built"),
        new Case("VARCHAR(200)", uuid, UUID.class, uuid),
        new Case("BINARY(16)", "0123456789abcdef".getBytes(US_ASCII), UUID.class, binary),
        new Case("VARCHAR(200)", host, InetAddress.class, host),
        new Case("VARCHAR(200)", host, Inet4Address.class, host),
        new Case("VARCHAR(200)", host6, InetAddress.class, host6),
        new Case("BOOLEAN", true),
        new Case("TINYINT", (byte) -7),
        new Case("SMALLINT", (short) -700),
        new Case("INT", 70_000),
        new Case("BIGINT", 7_000_000_000L),
        new Case("BIGINT UNSIGNED", new BigInteger("18446744073709551615")),
        new Case("DECIMAL(40,0)", new BigInteger("-1234567890123456789012345678901234567890")),
        new Case("DECIMAL(20,3)", new BigDecimal("12345.678")),
        new Case("FLOAT", 1.5f),
        new Case("DOUBLE", 1.1e100),
        new Case("VARBINARY(99)", new byte[] {0, -1, 39}),
        new Case(
            "BIT(12)",
            BitSet.valueOf(new long[] {0xA05}),
            BitSet.class,
            BitSet.valueOf(new long[] {0xA05})),
        new Case("DATE", at.toLocalDate()),
        new Case("DATE", Date.valueOf("2026-03-04")),
        new Case("TIME(3)", at.toLocalTime()),
        new Case("TIME", Time.valueOf("05:06:07")),
        new Case("TIME(3)", Duration.ofHours(-30).minusMillis(5)),
        new Case(
            "TIME(3)",
            at.toLocalTime().atOffset(ZoneOffset.UTC),
            LocalTime.class,
            at.toLocalTime()),
        new Case("TIME(3)", at.toLocalTime(), OffsetTime.class, null),
        new Case("DATETIME(3)", at),
        new Case("TIMESTAMP(3)", at.toInstant(ZoneOffset.UTC)),
        new Case("TIMESTAMP(3)", at.atOffset(ZoneOffset.ofHours(5)), OffsetDateTime.class, null),
        new Case("TIMESTAMP(3)", at.atZone(ZoneOffset.UTC), ZonedDateTime.class, null),
        new Case("TIMESTAMP(3)", Timestamp.from(at.toInstant(ZoneOffset.UTC))),
        new Case("TIMESTAMP(3)", new java.util.Date(at.toInstant(ZoneOffset.UTC).toEpochMilli())),
        new Case(
            "TIMESTAMP(3)",
            calendar(at.toInstant(ZoneOffset.UTC)),
            Instant.class,
            at.toInstant(ZoneOffset.UTC)),
        new Case("YEAR", Year.of(2026), Year.class, Year.of(2026)),
        new Case("YEAR", 2026, Integer.class, 2026));
  }

  private static Calendar calendar(Instant at) {
    Calendar calendar = Calendar.getInstance();
    calendar.setTimeInMillis(at.toEpochMilli());
    return calendar;
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void whatIsSetAsAnObjectIsReadAsOne(Server server) throws Exception {
    StringBuilder wrong = new StringBuilder();
    for (String preparation : List.of("true", "false")) {
      String schema = server.freshSchema(ObjectsTest.class);
      try (Connection connection =
          Jdbc.connect(server, schema, "useServerPrepStmts=" + preparation)) {
        for (Case one : cases()) {
          try {
            Object read = roundTrip(connection, one);
            boolean same =
                one.expected() instanceof byte[] bytes
                    ? read instanceof byte[] others && java.util.Arrays.equals(bytes, others)
                    : one.expected() == null
                        ? one.type().isInstance(read)
                        : one.expected().equals(read);
            if (!same) {
              wrong
                  .append(preparation)
                  .append(' ')
                  .append(one)
                  .append(" gives ")
                  .append(read)
                  .append('\n');
            }
          } catch (SQLException e) {
            wrong
                .append(preparation)
                .append(' ')
                .append(one)
                .append(" fails: ")
                .append(e)
                .append('\n');
          }
        }
      }
    }
    assertThat(wrong.toString()).isEmpty();
  }

  private static Object roundTrip(Connection connection, Case one) throws SQLException {
    Jdbc.run(connection, "DROP TABLE IF EXISTS t", "CREATE TABLE t (a " + one.column() + " NULL)");
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?)");
        PreparedStatement select = connection.prepareStatement("SELECT a FROM t WHERE ? = 1")) {
      insert.setObject(1, one.value());
      insert.executeUpdate();
      select.setInt(1, 1);
      try (ResultSet rows = select.executeQuery()) {
        assertThat(rows.next()).isTrue();
        Object read = rows.getObject(1, one.type());
        assertThat(rows.getObject("a", one.type()).getClass()).isEqualTo(read.getClass());
        return read;
      }
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void largeValuesGoInAndComeOutInEachOfJdbcsForms(Server server) throws Exception {
    String schema = server.freshSchema(ObjectsTest.class);
    byte[] bytes = {1, 0, -1};
    String text = "größer 😀";
    try (Connection connection = Jdbc.connect(server, schema)) {
      Jdbc.run(connection, "CREATE TABLE t (b LONGBLOB, c LONGTEXT)");
      Blob blob = connection.createBlob();
      blob.setBytes(1, bytes);
      Clob clob = connection.createClob();
      clob.setString(1, text);
      NClob nclob = connection.createNClob();
      nclob.setString(1, text);
      SQLXML xml = connection.createSQLXML();
      xml.setString("<a/>");
      try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
        Object[][] rows = {
          {blob, clob},
          {new ByteArrayInputStream(bytes), nclob},
          {bytes, new StringReader(text)},
        };
        for (Object[] row : rows) {
          insert.setObject(1, row[0]);
          insert.setObject(2, row[1]);
          insert.executeUpdate();
        }
        insert.setBlob(1, new ByteArrayInputStream(bytes), 3);
        insert.setNCharacterStream(2, new StringReader(text));
        insert.executeUpdate();
        insert.setObject(1, bytes, JDBCType.BLOB);
        insert.setObject(2, text, JDBCType.CLOB);
        insert.executeUpdate();
        insert.setNull(1, java.sql.Types.BLOB);
        insert.setObject(2, xml);
        insert.executeUpdate();
      }
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT b, c FROM t WHERE b IS NOT NULL")) {
        int count = 0;
        while (rows.next()) {
          count++;
          assertThat(rows.getBlob(1).getBytes(1, 9)).isEqualTo(bytes);
          assertThat(rows.getObject(1, Blob.class).length()).isEqualTo(3);
          assertThat(bytes(rows.getObject(1, InputStream.class))).isEqualTo(bytes);
          assertThat(rows.getClob(2).getSubString(1, 99)).isEqualTo(text);
          assertThat(rows.getNClob("c").length()).isEqualTo(text.length());
          assertThat(text(rows.getObject(2, Reader.class))).isEqualTo(text);
          assertThat(text(rows.getCharacterStream(2))).isEqualTo(text);
        }
        assertThat(count).isEqualTo(5);
      }
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT c, b FROM t WHERE b IS NULL")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getSQLXML(1).getString()).isEqualTo("<a/>");
        assertThat(rows.getBlob(2)).isNull();
        assertThat(rows.getObject(2, InputStream.class)).isNull();
        assertThat(rows.wasNull()).isTrue();
      }
    }
  }

  private static byte[] bytes(InputStream in) throws IOException {
    try (in) {
      return in.readAllBytes();
    }
  }

  private static String text(Reader in) throws IOException {
    StringBuilder text = new StringBuilder();
    try (in) {
      for (int c = in.read(); c >= 0; c = in.read()) {
        text.append((char) c);
      }
    }
    return text.toString();
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void whatTheServersDoNotHaveIsRefusedAndNothingElseIsHarmed(Server server) throws Exception {
    try (Connection connection = Jdbc.connect(server, "");
        PreparedStatement select = connection.prepareStatement("SELECT ?, 'a'");
        Statement statement = connection.createStatement()) {
      select.setInt(1, 1);
      try (ResultSet rows = select.executeQuery()) {
        assertThat(rows.next()).isTrue();
        refused(() -> rows.getArray(1));
        refused(() -> rows.getRef(1));
        refused(() -> rows.getRowId(1));
        refused(rows::getCursorName);
        assertThatThrownBy(() -> rows.getObject(1, Thread.class)).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> rows.getObject(2, Integer.class)).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> rows.getURL(2)).isInstanceOf(SQLException.class);
      }
      refused(() -> connection.createArrayOf("INT", new Object[0]));
      refused(() -> connection.createStruct("t", new Object[0]));
      refused(() -> select.setArray(1, null));
      assertThatThrownBy(() -> select.setObject(1, Thread.currentThread()))
          .isInstanceOf(SQLException.class);
      statement.setCursorName("ignored");
      connection.beginRequest();
      connection.endRequest();
      assertThat(Jdbc.value(connection, "SELECT 5")).isEqualTo("5");
      assertThat(connection.getMetaData().getJDBCMajorVersion()).isEqualTo(4);
      assertThat(connection.getMetaData().getJDBCMinorVersion()).isEqualTo(3);
    }
  }

  private interface Call {
    void run() throws SQLException;
  }

  /** Not by 0A000, for which pools drop a connection. */
  private static void refused(Call call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("HYC00"));
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void parametersAreDescribedWithoutBeingExecuted(Server server) throws SQLException {
    String schema = server.freshSchema(ObjectsTest.class);
    try (Connection connection = Jdbc.connect(server, schema)) {
      Jdbc.run(connection, "CREATE TABLE t (a INT, b VARCHAR(9))");
      try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
        var metaData = insert.getParameterMetaData();
        assertThat(metaData.getParameterCount()).isEqualTo(2);
        assertThat(metaData.getParameterMode(1))
            .isEqualTo(java.sql.ParameterMetaData.parameterModeIn);
        assertThat(metaData.getParameterTypeName(1)).isNotEmpty();
        assertThat(metaData.getParameterClassName(2)).isNotEmpty();
        assertThatThrownBy(() -> metaData.getParameterType(3)).isInstanceOf(SQLException.class);
      }
      try (PreparedStatement select =
          connection.prepareStatement("SELECT a, b FROM t WHERE a = ?")) {
        assertThat(select.getMetaData().getColumnCount()).isEqualTo(2);
        assertThat(select.getMetaData().getColumnName(2)).isEqualTo("b");
      }
      assertThat(Jdbc.value(connection, "SELECT COUNT(*) FROM t")).isEqualTo("0");
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void clientInfoIsKeptAndEscapesAreTranslated(Server server) throws SQLException {
    try (Connection connection = Jdbc.connect(server, "")) {
      connection.setClientInfo("ApplicationName", "shop");
      assertThat(connection.getClientInfo("ApplicationName")).isEqualTo("shop");
      assertThat(connection.getClientInfo()).containsEntry("ApplicationName", "shop");
      connection.setClientInfo("ApplicationName", null);
      assertThat(connection.getClientInfo("ApplicationName")).isNull();

      assertThat(
              connection.nativeSQL("SELECT {fn UCASE({fn CONCAT('a', '{x}')})}, {d '2026-01-02'}"))
          .doesNotContain("{fn", "{d")
          .contains("'{x}'");
      assertThat(Jdbc.value(connection, "SELECT {fn CONVERT('7', SQL_INTEGER)} + {fn ABS(-1)}"))
          .isEqualTo("8");
      assertThat(
              Jdbc.value(connection, "SELECT {ts '2026-01-02 03:04:05'} = '2026-01-02 03:04:05'"))
          .isEqualTo("1");
      assertThat(
              Jdbc.value(
                  connection,
                  "SELECT COUNT(*) FROM {oj (SELECT 1 a) x LEFT OUTER JOIN (SELECT 2 b) y ON a = b}"
                      + " WHERE 'a_b' LIKE 'a!_b' {escape '!'}"))
          .isEqualTo("1");
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aFileThatABatchAsksForIsRefusedAndTheOthersRun(Server server) throws SQLException {
    String schema = server.freshSchema(ObjectsTest.class);
    try (Connection connection = Jdbc.connect(server, schema);
        Statement statement = connection.createStatement()) {
      Jdbc.run(connection, "CREATE TABLE t (a VARCHAR(200))");
      statement.addBatch("INSERT INTO t VALUES ('before')");
      statement.addBatch("LOAD DATA LOCAL INFILE '/etc/hostname' INTO TABLE t");
      statement.addBatch("INSERT INTO t VALUES ('behind')");
      assertThatThrownBy(statement::executeBatch)
          .isInstanceOfSatisfying(
              java.sql.BatchUpdateException.class,
              e -> assertThat(e.getUpdateCounts()).containsExactly(1, Statement.EXECUTE_FAILED, 1));
      assertThat(Jdbc.column(connection, "SELECT a FROM t ORDER BY a"))
          .containsExactly("before", "behind");
    }
  }
}
