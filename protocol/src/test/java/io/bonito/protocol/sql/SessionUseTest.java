package io.bonito.protocol.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which statements may be executed in a session that others use too. */
class SessionUseTest {
  private static SessionUse of(String sql) {
    return SessionUse.of(SqlTemplate.of(sql, SqlRules.DEFAULT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT name FROM users WHERE id = ?",
        "select 1",
        "/* who asks */ SELECT 1;",
        "(SELECT 1) UNION (SELECT 2)",
        "SELECT COUNT(*), MAX(a) FROM t WHERE b IN (1, 2) AND (c = 3 OR c IS NULL)",
        "SELECT a FROM t WHERE b IN(?, ?)",
        "WITH x AS (SELECT 1 AS a) SELECT a FROM x",
        "SELECT '@a', `for`, 'GET_LOCK(1)' FROM t -- FOR UPDATE",
        "SELECT ROW_NUMBER() OVER (PARTITION BY a ORDER BY b) FROM t",
        "SELECT CASE WHEN (a > 1) THEN (2) ELSE (3) END FROM t JOIN u USING (id)",
        "VALUES (1), (2)",
        "INSERT INTO t VALUES (1, NOW())",
        "INSERT INTO s.t (a, b) VALUES (?, ?)",
        "INSERT INTO `t` (a) VALUES (?) ON DUPLICATE KEY UPDATE a = VALUES(a)",
        "INSERT INTO t SET a = 1, b = COALESCE(?, 2)",
        "INSERT INTO t (a) VALUES (1) RETURNING id",
        "REPLACE INTO t (a) VALUES (1)",
        "UPDATE t SET a = a + 1 WHERE id = ?",
        "UPDATE t SET a = (SELECT MAX(b) FROM u) WHERE id = 1",
        "DELETE FROM t WHERE id = ?",
      })
  void whatIsKnownToBeHarmlessStandsAlone(String sql) {
    assertThat(of(sql)).isEqualTo(SessionUse.STANDS_ALONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-- nothing",
        "SET @a = 1",
        "SET NAMES latin1",
        "SET STATEMENT max_statement_time=1 FOR SELECT 1",
        "USE other",
        "BEGIN",
        "START TRANSACTION",
        "COMMIT",
        "ROLLBACK",
        "SAVEPOINT a",
        "XA START 'a'",
        "LOCK TABLES t READ",
        "UNLOCK TABLES",
        "FLUSH TABLES WITH READ LOCK",
        "CREATE TEMPORARY TABLE t (a INT)",
        "CREATE TABLE t (a INT)",
        "DROP TABLE t",
        "TRUNCATE t",
        "CALL p()",
        "DO 1",
        "HANDLER t OPEN",
        "PREPARE s FROM 'SELECT 1'",
        "EXECUTE s",
        "DEALLOCATE PREPARE s",
        "LOAD DATA LOCAL INFILE 'a' INTO TABLE t",
        "LOAD DATA INFILE 'a' INTO TABLE t",
        "SHOW TABLES",
        "EXPLAIN SELECT 1",
        "KILL 1",
        "SELECT @a",
        "SELECT @a := 1",
        "SELECT @@sql_mode",
        "SELECT a INTO @b FROM t",
        "SELECT a FROM t INTO OUTFILE 'x'",
        "SELECT a FROM t FOR UPDATE",
        "SELECT a FROM t FOR SHARE SKIP LOCKED",
        "SELECT a FROM t LOCK IN SHARE MODE",
        "SELECT SQL_CALC_FOUND_ROWS a FROM t",
        "SELECT GET_LOCK('a', 1)",
        "SELECT RELEASE_LOCK('a')",
        "SELECT IS_USED_LOCK('a')",
        "SELECT CONNECTION_ID()",
        "SELECT SLEEP(1)",
        "SELECT BENCHMARK(1000, MD5('a'))",
        "SELECT NEXT VALUE FOR s",
        "SELECT NEXTVAL(s)",
        "SELECT s.NEXTVAL",
        "SELECT LASTVAL(s)",
        "SELECT my_function(1)",
        "SELECT shop.abs(1)",
        "SELECT ABS (1)",
        "SELECT `abs`(1)",
        "SELECT MASTER_POS_WAIT('a', 1)",
        "SELECT LAST_INSERT_ID(1)",
        "UPDATE s SET id = LAST_INSERT_ID(id + 1)",
        "SELECT VARIABLE_VALUE FROM performance_schema.session_status",
        "/*! SELECT GET_LOCK(1, 1) */",
        "SELECT 1 /*! FOR UPDATE */",
        "SELECT 1 /*!80000 , 'a' */",
        "SELECT 1; SELECT 2",
        "SELECT 'a",
        "SELECT 1 /* open",
        "INSERT INTO t VALUES (1), (2)",
        "INSERT INTO t SELECT 1",
        "INSERT INTO t (a) VALUES ((SELECT 1))",
        "INSERT DELAYED INTO t VALUES (1)",
        "INSERT INTO t VALUES (f(1))",
        "INSERT INTO t VALUES (1) ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id)",
        "DELETE FROM t WHERE id = f(1)",
        "WITH x AS (SELECT f(1)) SELECT 1",
      })
  void whatIsNotKnownToBeHarmlessNeedsASession(String sql) {
    assertThat(of(sql)).isEqualTo(SessionUse.NEEDS_SESSION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT LAST_INSERT_ID()",
        "INSERT INTO t VALUES (1, last_insert_id( ))",
        "SELECT FOUND_ROWS()",
        "SELECT ROW_COUNT()",
        "SELECT @@identity",
        "SELECT @@session.last_insert_id",
        "SELECT @@`warning_count`",
        "SELECT @@error_count",
        "SHOW WARNINGS",
        "SHOW COUNT(*) ERRORS",
        "GET DIAGNOSTICS @n = NUMBER",
      })
  void whatAsksForTheStatementBeforeLooksBack(String sql) {
    assertThat(of(sql)).isEqualTo(SessionUse.LOOKS_BACK);
  }
}
