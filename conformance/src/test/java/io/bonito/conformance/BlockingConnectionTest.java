package io.bonito.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.failure.ConnectionException.Reason;
import io.bonito.protocol.failure.ErrorKind;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.option.Secret;
import io.bonito.protocol.option.TlsOptions;
import io.bonito.protocol.option.ZeroDateTimeBehavior;
import io.bonito.testkit.server.Server;
import io.bonito.transport.BlockingConnection;
import io.bonito.transport.QueryFailedException;
import io.bonito.transport.Result;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What umysql could do and its test-suite held, through the connection without JDBC. Its tests, and
 * where ours are:
 *
 * <pre>
 *   ConnectWithNoDB, ConnectNoDb, MySQLClient      connectsWithoutADatabase
 *   ConnectWithWrongDB, WrongCredentials           anUnknownDatabaseIsRejected, afterARejectedLogin...
 *   Unique                                         aDuplicateKeyLeavesTheConnectionUsable
 *   DoubleConnect                                  connectsAgainAfterElevenIdleSeconds
 *   ConnectClosed, ConnectCloseQuery               isConnectedUntilItIsClosed
 *   ConnectAutoCommitOff                           autocommitOffHoldsUntilCommit
 *   MySQLClient2                                   insertsAndReadsBack
 *   MySQLDBAPI                                     BlockingConnectionWaitsTest, closingAnUnreadResult...
 *   LargePackets                                   largeValuesComeBackUnchanged
 *   EscapeArgs, SelectUnicode, UnicodeUTF8,
 *     Binary, Blob, Utf8mb4                        textAndBytesOfEveryKindComeBackUnchanged
 *   AutoInc, BigInt                                insertIdsAreUnsigned, types.TypesTest
 *   Date, DateTime, Timestamp                      datesAreTheSameBoundAndLiteral
 *   ZeroDates                                      zeroDatesCanBeNull, types.ZeroDatesTest
 *   Charsets, TextCharsets                         textIsRightWhatever..., types.CharsetsTest
 *   UnsignedInt                                    unsignedIntegersOfAllWidths
 *   ConcurrentQueryError, MySQLTimeout             BlockingConnectionWaitsTest
 *   ConnectTimeout, ConnectFails, ConnectDNSFails  BlockingTransportTest of transport
 *   ParallelQuery                                  VirtualThreadsTest, LoopOnServersTest of netty
 * </pre>
 *
 * <p>Not held, since there is no such thing here: a connection object before it is connected
 * (Corruption, ConnectTwice, ConcurrentConnectError), percent signs as parameters
 * (PercentEscaping).
 */
@Tag("server")
@Timeout(120)
class BlockingConnectionTest {
  private static final String SERVERS = "io.bonito.testkit.server.Servers#selected";

  // ---- connecting

  @ParameterizedTest
  @MethodSource(SERVERS)
  void connectsWithoutADatabase(Server server) throws Exception {
    try (BlockingConnection db =
        BlockingConnection.connect(server.host(), server.port(), "root", "", "")) {
      assertThat(db.query("SELECT 1").list(row -> row.getInt(0))).containsExactly(1);
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void anUnknownDatabaseIsRejected(Server server) {
    assertThatThrownBy(
            () -> BlockingConnection.connect(server.host(), server.port(), "root", "", "no_such"))
        .asInstanceOf(type(ConnectionException.class))
        .satisfies(
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.REJECTED);
              assertThat(e.serverError().orElseThrow().code()).isEqualTo(1049);
            });
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void afterARejectedLoginTheNextConnectWorks(Server server) throws Exception {
    assertThatThrownBy(
            () -> BlockingConnection.connect(server.host(), server.port(), "native", "wrong", ""))
        .isInstanceOf(ConnectionException.class);
    connect(server).close();
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void isConnectedUntilItIsClosed(Server server) throws Exception {
    BlockingConnection db = connect(server);
    assertThat(db.isConnected()).isTrue();
    db.ping();
    db.close();
    assertThat(db.isConnected()).isFalse();
    assertThatThrownBy(() -> db.query("SELECT 1"))
        .asInstanceOf(type(ConnectionException.class))
        .extracting(ConnectionException::reason)
        .isEqualTo(Reason.CLOSED);
    db.close();
  }

  /** A deadline counted from a clock that stood still once made the second connect fail. */
  @ParameterizedTest
  @MethodSource(SERVERS)
  void connectsAgainAfterElevenIdleSeconds(Server server) throws Exception {
    BlockingConnection first = connect(server);
    CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(11, TimeUnit.SECONDS))
        .get(60, TimeUnit.SECONDS);
    assertThat(first.query("SELECT 1").list(row -> row.getInt(0))).containsExactly(1);
    first.close();
    try (BlockingConnection second = connect(server)) {
      assertThat(second.query("SELECT 2").list(row -> row.getInt(0))).containsExactly(2);
    }
  }

  // ---- statements

  @ParameterizedTest
  @MethodSource(SERVERS)
  void insertsAndReadsBack(Server server) throws Exception {
    try (BlockingConnection db = inSchema(server, "id INT PRIMARY KEY, value VARCHAR(20)")) {
      for (int i = 0; i < 10; i++) {
        Result result = db.query("INSERT INTO t VALUES (?, ?)", i, "v" + i);
        assertThat(result.affectedRows()).isEqualTo(1);
        assertThat(result.insertId()).isZero();
      }
      assertThat(
              db.query("SELECT id, value FROM t ORDER BY id")
                  .list(row -> row.getInt(0) + "=" + row.getString(1)))
          .containsExactlyElementsOf(IntStream.range(0, 10).mapToObj(i -> i + "=v" + i).toList());
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aDuplicateKeyLeavesTheConnectionUsable(Server server) throws Exception {
    try (BlockingConnection db = inSchema(server, "id INT PRIMARY KEY")) {
      db.query("INSERT INTO t VALUES (1)");
      for (Object[] arguments : new Object[][] {{}, {1}}) {
        String value = arguments.length == 0 ? "1" : "?";
        assertThatThrownBy(() -> db.query("INSERT INTO t VALUES (" + value + ")", arguments))
            .asInstanceOf(type(QueryFailedException.class))
            .satisfies(
                e -> {
                  assertThat(e.code()).isEqualTo(1062);
                  assertThat(e.kind()).isEqualTo(ErrorKind.INTEGRITY);
                });
        assertThat(db.query("SELECT COUNT(*) FROM t").list(row -> row.getInt(0)))
            .containsExactly(1);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void insertIdsAreUnsigned(Server server) throws Exception {
    try (BlockingConnection db =
        inSchema(server, "id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY, a INT")) {
      for (String start : List.of("100", "4294967294", "18446744073709551614")) {
        db.query("ALTER TABLE t AUTO_INCREMENT = " + start);
        assertThat(Long.toUnsignedString(db.query("INSERT INTO t (a) VALUES (?)", 1).insertId()))
            .isEqualTo(start);
      }
      assertThat(db.query("SELECT id FROM t ORDER BY id DESC LIMIT 1").list(r -> r.getObject(0)))
          .containsExactly(new BigInteger("18446744073709551614"));
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void textAndBytesOfEveryKindComeBackUnchanged(Server server) throws Exception {
    byte[] allBytes = new byte[256];
    for (int i = 0; i < 256; i++) {
      allBytes[i] = (byte) i;
    }
    String text = "'; DROP TABLE t; -- \\ \" \0 % ? åäö 漢字 \uD83D\uDE80";
    try (BlockingConnection db = inSchema(server, "s TEXT CHARACTER SET utf8mb4, b BLOB")) {
      db.query("INSERT INTO t VALUES (?, ?)", text, allBytes);
      for (Object[] arguments : new Object[][] {{}, {1}}) {
        String sql = "SELECT s, b FROM t" + (arguments.length == 0 ? "" : " WHERE 1 = ?");
        try (Result result = db.query(sql, arguments)) {
          assertThat(result.next()).isTrue();
          assertThat(result.row().getString(0)).isEqualTo(text);
          assertThat(result.row().getBytes(1)).isEqualTo(allBytes);
          assertThat(result.next()).isFalse();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void textIsRightWhateverCharacterSetTheSessionWasGiven(Server server) throws Exception {
    try (BlockingConnection db = inSchema(server, "s VARCHAR(50) CHARACTER SET utf8mb4")) {
      db.query("INSERT INTO t VALUES (?)", "åäö");
      for (String charset : List.of("latin1", "utf8mb3", "cp1250", "utf8mb4")) {
        db.query("SET NAMES " + charset);
        assertThat(db.query("SELECT s FROM t").list(row -> row.getString(0)))
            .as(charset)
            .containsExactly(charset.equals("cp1250") ? "?äö" : "åäö");
      }
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void largeValuesComeBackUnchanged(Server server) throws Exception {
    try (BlockingConnection db = inSchema(server, "b LONGBLOB")) {
      for (int size :
          new int[] {10, 32_768, 0xFFFFFF - 20, 0xFFFFFF, 1 << 24, (1 << 24) + 1, 1 << 26}) {
        byte[] value = new byte[size];
        Arrays.fill(value, (byte) 'x');
        value[size - 1] = 'y';
        db.query("DELETE FROM t");
        db.query("INSERT INTO t VALUES (?)", (Object) value);
        byte[] back = db.query("SELECT b FROM t").list(row -> row.getBytes(0)).get(0);
        assertThat(Arrays.equals(back, value)).as("%d bytes", size).isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void datesAreTheSameBoundAndLiteral(Server server) throws Exception {
    LocalDate date = LocalDate.of(2011, 5, 12);
    LocalDateTime time = LocalDateTime.of(2011, 5, 12, 13, 14, 15);
    try (BlockingConnection db = inSchema(server, "d DATE, t DATETIME, s TIMESTAMP NULL")) {
      db.query("INSERT INTO t VALUES ('2011-05-12', '2011-05-12 13:14:15', '2011-05-12 13:14:15')");
      db.query("INSERT INTO t VALUES (?, ?, ?)", date, time, time);
      assertThat(
              db.query("SELECT d, t, s FROM t")
                  .list(row -> List.of(row.getObject(0), row.getObject(1), row.getObject(2))))
          .hasSize(2)
          .allSatisfy(
              row -> {
                assertThat(row.get(0)).isEqualTo(date);
                assertThat(row.get(1)).isEqualTo(time);
              });
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void zeroDatesCanBeNull(Server server) throws Exception {
    ConnectionOptions options =
        options(server)
            .set(Options.ZERO_DATE_TIME_BEHAVIOR, ZeroDateTimeBehavior.CONVERT_TO_NULL)
            .build();
    try (BlockingConnection db = BlockingConnection.connect(options)) {
      db.query("SET sql_mode = ''");
      db.useDatabase(server.freshSchema("zero"));
      db.query("CREATE TABLE t (d DATE)");
      db.query("INSERT INTO t VALUES ('0000-00-00')");
      assertThat(db.query("SELECT d FROM t").list(row -> row.getLocalDate(0)))
          .containsExactly((LocalDate) null);
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void unsignedIntegersOfAllWidths(Server server) throws Exception {
    try (BlockingConnection db =
        inSchema(
            server,
            "a TINYINT UNSIGNED, b SMALLINT UNSIGNED, c MEDIUMINT UNSIGNED, d INT UNSIGNED,"
                + " e BIGINT UNSIGNED")) {
      String highest = "255, 65535, 16777215, 4294967295, 18446744073709551615";
      db.query("INSERT INTO t VALUES (" + highest + ")");
      for (Object[] arguments : new Object[][] {{}, {1}}) {
        String sql = "SELECT * FROM t" + (arguments.length == 0 ? "" : " WHERE 1 = ?");
        assertThat(
                db.query(sql, arguments)
                    .list(
                        row ->
                            row.getInt(0)
                                + ", "
                                + row.getInt(1)
                                + ", "
                                + row.getInt(2)
                                + ", "
                                + row.getLong(3)
                                + ", "
                                + row.getObject(4)))
            .containsExactly(highest);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void autocommitOffHoldsUntilCommit(Server server) throws Exception {
    try (BlockingConnection db = inSchema(server, "a INT")) {
      db.autocommit(false);
      db.query("INSERT INTO t VALUES (1)");
      assertThat(db.state().inTransaction()).isTrue();
      db.query("ROLLBACK");
      assertThat(db.query("SELECT a FROM t").list(row -> row.getInt(0))).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aCallHasSeveralResults(Server server) throws Exception {
    try (BlockingConnection db = inSchema(server, "a INT")) {
      db.query("CREATE PROCEDURE two() BEGIN SELECT 1; SELECT 2, 3; END");
      Result result = db.query("CALL two()");
      assertThat(result.columns().count()).isEqualTo(1);
      assertThat(result.nextResult()).isTrue();
      assertThat(result.columns().count()).isEqualTo(2);
      assertThat(result.next()).isTrue();
      assertThat(result.row().getInt(1)).isEqualTo(3);
      assertThat(result.nextResult()).isTrue();
      assertThat(result.hasRows()).isFalse();
      assertThat(result.nextResult()).isFalse();
      assertThat(db.query("SELECT 4").list(row -> row.getInt(0))).containsExactly(4);
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void loadsFromTheStreamItWasGiven(Server server) throws Exception {
    ConnectionOptions options =
        options(server).set(TlsOptions.ALLOW_LOAD_LOCAL_INFILE, true).build();
    try (BlockingConnection db = BlockingConnection.connect(options)) {
      db.useDatabase(server.freshSchema("load"));
      db.query("CREATE TABLE t (id INT, s VARCHAR(100))");
      StringBuilder lines = new StringBuilder();
      for (int i = 0; i < 50_000; i++) {
        lines.append(i).append("\tline ").append(i).append('\n');
      }
      Result result =
          db.load(
              "LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE t",
              new ByteArrayInputStream(lines.toString().getBytes(UTF_8)));
      assertThat(result.affectedRows()).isEqualTo(50_000);
      assertThat(db.query("SELECT s FROM t WHERE id = 49999").list(row -> row.getString(0)))
          .containsExactly("line 49999");
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aStreamThatFailsLoadsNothing(Server server) throws Exception {
    ConnectionOptions options =
        options(server).set(TlsOptions.ALLOW_LOAD_LOCAL_INFILE, true).build();
    String schema = server.freshSchema("load");
    BlockingConnection db = BlockingConnection.connect(options);
    db.useDatabase(schema);
    db.query("CREATE TABLE t (id INT) ENGINE=InnoDB");
    InputStream failing =
        new InputStream() {
          private int given;

          @Override
          public int read() throws IOException {
            if (given++ > 1000) {
              throw new IOException("the disk is gone");
            }
            return given % 2 == 0 ? '\n' : '7';
          }
        };
    assertThatThrownBy(() -> db.load("LOAD DATA LOCAL INFILE 'x' INTO TABLE t", failing))
        .isInstanceOf(ConnectionException.class)
        .hasMessageContaining("the data to load could not be read");
    assertThat(db.isConnected()).isFalse();
    try (BlockingConnection other = connect(server)) {
      assertThat(other.query("SELECT COUNT(*) FROM " + schema + ".t").list(row -> row.getInt(0)))
          .containsExactly(0);
    }
  }

  // ---- helpers

  private static BlockingConnection inSchema(Server server, String columns) throws Exception {
    BlockingConnection db = connect(server);
    db.useDatabase(server.freshSchema(BlockingConnectionTest.class));
    db.query("CREATE TABLE t (" + columns + ")");
    return db;
  }

  private static BlockingConnection connect(Server server) throws ConnectionException {
    return BlockingConnection.connect(options(server).build());
  }

  private static ConnectionOptions.Builder options(Server server) {
    return ConnectionOptions.builder()
        .set(Options.HOST, server.host())
        .set(Options.PORT, server.port())
        .set(Options.USER, "root")
        .set(Options.PASSWORD, Secret.NONE);
  }
}
