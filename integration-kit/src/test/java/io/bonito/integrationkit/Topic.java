package io.bonito.integrationkit;

import static io.bonito.testkit.server.Family.MARIADB;
import static io.bonito.testkit.server.Family.MYSQL;

import io.bonito.testkit.server.Family;
import java.util.Arrays;
import java.util.List;

/**
 * What was talked about with real servers: one conversation for each topic and server that has it.
 *
 * <p>Lines joined by {@code &&} are asked before the first of them is answered.
 */
enum Topic {
  LOGIN_NATIVE(
      null,
      "",
      "connect user=native password=secret-native database=kit sslMode=DISABLED",
      "query SELECT DATABASE(), CURRENT_USER()",
      "quit"),
  LOGIN_SHA2_FULL(
      MYSQL, "FLUSH PRIVILEGES", "connect user=sha2 password=secret-sha2 sslMode=REQUIRED", "quit"),
  LOGIN_SHA2_FAST(
      MYSQL, "", "connect user=sha2 password=secret-sha2 sslMode=REQUIRED", "ping", "quit"),
  LOGIN_SHA256(
      MYSQL, "", "connect user=sha256 password=secret-sha256 sslMode=REQUIRED", "ping", "quit"),
  LOGIN_REFUSED(null, "", "connect user=native password=wrong sslMode=DISABLED"),
  LOGIN_UNKNOWN_SCHEMA(null, "", "connect user=root database=nowhere sslMode=DISABLED"),
  LOGIN_TLS(
      null, "", "connect user=tls_only password=secret-tls_only sslMode=REQUIRED", "ping", "quit"),

  SELECT_TEXT(
      null,
      Types.SQL,
      Types.CONNECT,
      "query SELECT * FROM integers",
      "query SELECT * FROM numbers",
      "query SELECT * FROM times",
      "query SELECT * FROM texts",
      "query SELECT * FROM more",
      "quit"),
  SELECT_BINARY(
      null,
      Types.SQL,
      Types.CONNECT,
      "prepare SELECT * FROM integers",
      "execute",
      "execute",
      "close-statement",
      "prepare SELECT * FROM numbers",
      "execute",
      "prepare SELECT * FROM times",
      "execute",
      "prepare SELECT * FROM texts",
      "execute",
      "prepare SELECT * FROM more",
      "execute",
      "quit"),
  SELECT_MARIADB_TYPES(
      MARIADB,
      "CREATE TABLE own (u UUID, a4 INET4, a6 INET6, j JSON, p POINT);"
          + "INSERT INTO own VALUES ('12345678-1234-5678-1234-567812345678', '10.0.0.1', '::1',"
          + " '[1]', POINT(1, 2)), (NULL, NULL, NULL, NULL, NULL)",
      Types.CONNECT,
      "query SELECT * FROM own",
      "prepare SELECT * FROM own",
      "execute",
      "quit"),
  SELECT_EMPTY(
      null,
      Types.SMALL,
      Types.CONNECT,
      "query SELECT id, name FROM small WHERE id > 100",
      "prepare SELECT id, name FROM small WHERE id > ?",
      "execute 100",
      "quit"),
  PARAMETERS(
      null,
      "CREATE TABLE given (n INT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(60), d DOUBLE, t DATETIME(6))",
      Types.CONNECT,
      "prepare INSERT INTO given (v, d, t) VALUES (?, ?, ?)",
      "execute 'text', 1.5e0, timestamp'2024-02-29T23:59:59.123456'",
      "execute 'same types', -0.5e-300, timestamp'1999-12-31T00:00:00'",
      "execute 7, null, null",
      "execute -12.34, null, date'2024-02-29'",
      "execute x'00ff', null, null",
      "execute duration'PT-25H-3S', true, null",
      // A new statement: MariaDB 11.4 mistakes long data for the type that was there before.
      "prepare INSERT INTO given (v, d, t) VALUES (?, ?, ?)",
      "long-data 0 'a long '",
      "long-data 0 'text'",
      "execute sent, null, null",
      "query SELECT n, HEX(v), d, t FROM given",
      "quit"),

  UPDATES(
      null,
      Types.SMALL,
      Types.CONNECT,
      "query INSERT INTO small (name) VALUES ('four'), ('five')",
      "query UPDATE small SET name = UPPER(name) WHERE id <= 2",
      "query INSERT IGNORE INTO small VALUES (1, 'again')",
      "query DELETE FROM small",
      "query BEGIN",
      "query INSERT INTO small VALUES (7, 'seven')",
      "query ROLLBACK",
      "quit"),
  ERRORS(
      null,
      Types.SMALL,
      Types.CONNECT,
      "query SELEKT 1",
      "query SELECT * FROM missing",
      "prepare SELECT * FROM missing",
      "query INSERT INTO small VALUES (1, 'twice')",
      "query SELECT id, EXP(id * 400) FROM small ORDER BY id",
      "prepare SELECT id, EXP(id * ?) FROM small ORDER BY id",
      "execute 400",
      "query SELECT 'still usable'",
      "quit"),
  MULTIPLE_RESULTS(
      null,
      Types.SMALL,
      Types.CONNECT + " allowMultiQueries=true",
      "query SELECT 1; INSERT INTO small VALUES (9, 'nine'); SELECT name FROM small WHERE id = 9",
      "query SELECT 1; SELEKT 2; SELECT 3",
      "multi-statements off",
      "query SELECT 1; SELECT 2",
      "multi-statements on",
      "query SELECT 1; SELECT 2",
      "quit"),
  PROCEDURES(
      null,
      Types.SMALL
          + ";CREATE PROCEDURE counted(IN start INT, OUT total INT, INOUT word VARCHAR(20)) BEGIN"
          + " SELECT id FROM small WHERE id >= start; SELECT COUNT(*) INTO total FROM small;"
          + " SET word = CONCAT(word, '!'); END",
      Types.CONNECT,
      "query SET @word = 'a'",
      "query CALL counted(2, @total, @word)",
      "query SELECT @total, @word",
      "prepare CALL counted(?, ?, ?)",
      "execute 3, null, 'hey'",
      "quit"),
  LOAD_DATA(
      null,
      Types.SMALL,
      Types.CONNECT + " allowLoadLocalInfile=true",
      "load \"10\\tten\\n11\\televen\\n\" LOAD DATA LOCAL INFILE 'stream' INTO TABLE small",
      "load \"\" LOAD DATA LOCAL INFILE 'stream' INTO TABLE small",
      "query LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE small",
      "query SELECT * FROM small WHERE id > 9",
      "quit"),
  CURSORS(
      null,
      Types.SMALL,
      Types.CONNECT,
      "prepare SELECT id, name FROM small ORDER BY id",
      "execute-cursor",
      "fetch 2",
      "fetch 2",
      "reset-statement",
      "execute-cursor",
      "fetch 1",
      "reset-statement",
      "fetch 1",
      "prepare INSERT INTO small (name) VALUES ('no rows')",
      "execute-cursor",
      "quit"),
  BULK(
      MARIADB,
      Types.SMALL,
      Types.CONNECT,
      "prepare INSERT INTO small VALUES (?, ?)",
      "bulk 20, 'twenty'; 21, null; 22, 'x'",
      "bulk 30, 'thirty'; 1, 'a duplicate'",
      "query SELECT * FROM small WHERE id >= 20",
      "quit"),
  PIPELINED(
      null,
      Types.SMALL,
      Types.CONNECT,
      "pipelining on",
      "query SELECT 1 && query SELEKT 2 && ping && query SELECT name FROM small && init-db kit",
      "prepare SELECT ? && query SELECT 'after'",
      "execute 1 && execute 2 && execute 'three'",
      "quit"),
  PREPARED_AND_EXECUTED_AT_ONCE(
      MARIADB,
      Types.SMALL,
      Types.CONNECT,
      "pipelining on",
      "prepare SELECT name FROM small WHERE id = ? && execute 2",
      "execute 3",
      "prepare SELEKT ? && execute 2",
      "quit"),
  COMPRESSED(
      null,
      Types.SMALL,
      Types.CONNECT + " useCompression=true",
      "query SELECT REPEAT('abc', 200)",
      "query SELECT * FROM small",
      "ping",
      "query SELEKT",
      "quit"),
  RESETS(
      null,
      Types.SMALL,
      "connect user=root database=kit sslMode=DISABLED",
      "query SET @a = 1, autocommit = 0",
      "reset-connection",
      "query SELECT @a, @@autocommit",
      "init-db mysql",
      "query SELECT DATABASE()",
      "change-user native secret-native kit",
      "query SELECT CURRENT_USER(), DATABASE()",
      "change-user native wrong kit"),
  TRACKING(
      null,
      Types.SMALL,
      Types.CONNECT,
      "query USE mysql",
      "query SET autocommit = 0",
      "query SET NAMES latin1",
      "query SELECT 'é', CHARSET('é')",
      "query SET NAMES utf8mb4",
      "query SET time_zone = '+02:00'",
      "query START TRANSACTION READ ONLY",
      "query COMMIT",
      "query SET SESSION sql_mode = 'NO_BACKSLASH_ESCAPES'",
      "query SELECT '\\'",
      "quit");

  private final List<Family> families;
  private final String setup;
  private final String connect;
  private final List<List<String>> asked;

  Topic(Family family, String setup, String connect, String... asked) {
    this.families = family == null ? List.of(Family.values()) : List.of(family);
    this.setup = setup;
    this.connect = connect;
    this.asked = Arrays.stream(asked).map(line -> List.of(line.split(" && "))).toList();
  }

  List<Family> families() {
    return families;
  }

  /** What an administrator does before, in an empty schema {@code kit}. */
  String setup() {
    return setup;
  }

  String connect() {
    return connect;
  }

  List<List<String>> asked() {
    return asked;
  }

  String fileName() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /** Tables that several topics need. */
  private static final class Types {
    static final String CONNECT = "connect user=root database=kit sslMode=DISABLED";
    static final String SMALL =
        "CREATE TABLE small (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20));"
            + "INSERT INTO small VALUES (1, 'one'), (2, NULL), (3, 'drei ☃')";
    static final String SQL =
        "CREATE TABLE integers (t TINYINT, tu TINYINT UNSIGNED, s SMALLINT, m MEDIUMINT,"
            + " i INT, iu INT UNSIGNED, b BIGINT, bu BIGINT UNSIGNED, y YEAR, bits BIT(12));"
            + "INSERT INTO integers VALUES"
            + " (-128, 255, -32768, -8388608, -2147483648, 4294967295, -9223372036854775808,"
            + " 18446744073709551615, 2155, b'100000000001'),"
            + " (0, 0, 0, 0, 0, 0, 0, 0, 1901, b'0'),"
            + " (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);"
            + "CREATE TABLE numbers (d DECIMAL(20, 5), f FLOAT, g DOUBLE);"
            + "INSERT INTO numbers VALUES (-123456789012345.12345, 1.5, -1.25e-300),"
            + " (0, 0, 0), (NULL, NULL, NULL);"
            + "CREATE TABLE times (d DATE, t TIME(6), dt DATETIME(6), dt0 DATETIME,"
            + " ts TIMESTAMP(3) NULL);"
            + "INSERT INTO times VALUES"
            + " ('2024-02-29', '-838:59:58.999999', '9999-12-31 23:59:59.999999',"
            + " '1000-01-01 00:00:00', '2038-01-19 03:14:07.5'),"
            + " ('1000-01-01', '00:00:00', '2024-02-29 00:00:00', '2024-02-29 12:30:00',"
            + " '1970-01-02 00:00:01'),"
            + " (NULL, NULL, NULL, NULL, NULL);"
            + "CREATE TABLE texts (c CHAR(5), v VARCHAR(20), l VARCHAR(20) CHARACTER SET latin1,"
            + " b VARBINARY(20), x TEXT, o BLOB);"
            + "INSERT INTO texts VALUES ('abc', 'snow ☃', 'été', x'00ff', 'a text', x'0102'),"
            + " ('', '', '', '', '', ''), (NULL, NULL, NULL, NULL, NULL, NULL);"
            + "CREATE TABLE more (e ENUM('red', 'blue'), s SET('a', 'b', 'c'), j JSON);"
            + "INSERT INTO more VALUES ('blue', 'a,c', '{\"a\": 1}'), (NULL, NULL, NULL)";
  }
}
