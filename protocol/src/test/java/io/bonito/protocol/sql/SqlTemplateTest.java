package io.bonito.protocol.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTemplateTest {
  @Test
  void isCutAtItsPlaceholders() {
    SqlTemplate template = template("INSERT INTO t VALUES (?, 'a?', ?)");

    assertThat(template.placeholderCount()).isEqualTo(2);
    assertThat(template.piece(0)).isEqualTo("INSERT INTO t VALUES (");
    assertThat(template.piece(1)).isEqualTo(", 'a?', ");
    assertThat(template.piece(2)).isEqualTo(")");
    assertThat(template.placeholderAt(0)).isEqualTo(22);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          SELECT 1                                         | SELECT
          ((select 1) union (select 2))                    | SELECT
          /* a */ # b                                      | EMPTY
          VALUES ROW(1), ROW(2)                            | SELECT
          TABLE t                                          | SELECT
          WITH a AS (SELECT 1), b AS (SELECT 2) SELECT 3   | SELECT
          (WITH a AS (SELECT 1) SELECT 2) LIMIT 1          | SELECT
          WITH RECURSIVE a AS (SELECT 1) UPDATE t SET a=1  | UPDATE
          WITH a AS (SELECT 1) DELETE FROM t               | DELETE
          INSERT INTO t VALUES (1)                         | INSERT
          replace into t values (1)                        | REPLACE
          UPDATE t SET a=1                                 | UPDATE
          DELETE FROM t                                    | DELETE
          CALL p(1)                                        | CALL
          LOAD DATA INFILE 'x' INTO TABLE t                | LOAD
          LOAD DATA LOCAL INFILE 'x' INTO TABLE t          | LOAD_LOCAL
          LOAD XML CONCURRENT LOCAL INFILE 'x' INTO t      | LOAD_LOCAL
          load /* x */ data low_priority local infile 'x'  | LOAD_LOCAL
          SET a=1                                          | SET
          USE x                                            | USE
          SHOW TABLES                                      | SHOW
          EXPLAIN DELETE FROM t                            | SHOW
          BEGIN                                            | BEGIN
          BEGIN WORK                                       | BEGIN
          START TRANSACTION READ ONLY                      | BEGIN
          START REPLICA                                    | OTHER
          BEGIN NOT ATOMIC SELECT 1; END                   | OTHER
          COMMIT AND CHAIN                                 | COMMIT
          ROLLBACK                                         | ROLLBACK
          ROLLBACK TO SAVEPOINT a                          | SAVEPOINT
          RELEASE SAVEPOINT a                              | SAVEPOINT
          CREATE TABLE t (a INT)                           | DEFINITION
          TRUNCATE t                                       | DEFINITION
          EXECUTE s                                        | EXECUTE
          XA START 'x'                                     | XA
          DO SLEEP(1)                                      | OTHER
          ?                                                | OTHER
          'a' SELECT                                       | OTHER
          ; ; SELECT 1                                     | SELECT
          /*!40101 SET NAMES utf8 */                       | SET
          ''                                               | OTHER
          """)
  void isKnownByItsFirstWords(String sql, StatementKind kind) {
    assertThat(template(sql).kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          SELECT 1; SELECT 2                                              | true
          SELECT 1;                                                       | false
          SELECT 1; -- bye                                                | false
          SELECT 1;;                                                      | false
          ;SELECT 1                                                       | false
          SELECT ';'; /* ; */                                             | false
          BEGIN; INSERT INTO t VALUES (1); COMMIT                         | true
          CREATE PROCEDURE p() BEGIN SELECT 1; SELECT 2; END              | false
          CREATE DEFINER=`a`@`b` TRIGGER x BEFORE INSERT ON t FOR EACH ROW BEGIN SET @a=1; END | false
          CREATE OR REPLACE FUNCTION IF NOT EXISTS f() RETURNS INT BEGIN RETURN 1; END | false
          CREATE TABLE event (a INT); SELECT 1                            | true
          DROP PROCEDURE p; SELECT 1                                      | true
          BEGIN NOT ATOMIC SELECT 1; SELECT 2; END                        | false
          IF 1 THEN SELECT 1; END IF                                      | false
          """)
  void isMultipleWhereAnotherStatementFollows(String sql, boolean multiple) {
    assertThat(template(sql).isMultiple()).isEqualTo(multiple);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          SET NAMES gbk                                          | true
          set names 'utf8mb4' collate 'utf8mb4_bin'              | true
          /* a */ SET CHARACTER SET sjis                         | true
          SET CHARSET sjis                                       | true
          SET @a = 1, character_set_client = gbk                 | true
          SET @@session.character_set_results = NULL             | true
          SET @@`character_set_client` = gbk                     | true
          SET SESSION collation_connection = gbk_bin             | true
          SELECT 1; SET NAMES gbk                                | true
          /*!40101 SET NAMES utf8 */                             | true
          SELECT names FROM t                                    | false
          SET @a = 'names'                                       | false
          SET autocommit = 0                                     | false
          """)
  void tellsAChangeOfCharset(String sql, boolean mayChange) {
    assertThat(template(sql).mayChangeCharset()).isEqualTo(mayChange);
  }

  @Test
  void aLoadLocalIsSeenInAnyStatement() {
    assertThat(template("SELECT 1; LOAD DATA LOCAL INFILE 'x' INTO TABLE t").mayLoadLocal())
        .isTrue();
    assertThat(template("SELECT 'LOAD DATA LOCAL INFILE'").mayLoadLocal()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO t VALUES (?, ?)",
        "insert ignore into `t` (a, `values`) value (?, f(?, 1)) -- bye",
        "REPLACE t (a) VALUES (?);",
        "INSERT INTO db.t (a, b) VALUES (?, CONCAT('(', ?, ')'))",
        "INSERT INTO t VALUES ()",
      })
  void aPlainInsertShowsItsRow(String sql) {
    SqlTemplate template = template(sql);

    assertThat(template.isPlainInsert()).isTrue();
    assertThat(template.sql().substring(template.rowStart(), template.rowEnd()))
        .startsWith("(")
        .endsWith(")");
    assertThat(template.placeholderCount() == 0 || template.placeholderAt(0) > template.rowStart())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO t VALUES (?), (?)",
        "INSERT INTO t VALUES (?) ON DUPLICATE KEY UPDATE a = 1",
        "INSERT INTO t VALUES (?) RETURNING a",
        "INSERT INTO t VALUES (?) AS new",
        "INSERT INTO t SELECT ?",
        "INSERT INTO t SET a = ?",
        "INSERT INTO t VALUES ((SELECT ?))",
        "INSERT INTO t VALUES (?); SELECT 1",
        "INSERT INTO t VALUES (?",
        "INSERT INTO t VALUES (?) '",
        "INSERT INTO t VALUES (/*!99999 ?, */ ?)",
        "INSERT INTO t PARTITION (?) VALUES (?)",
        "INSERT INTO values SELECT 1",
        "UPDATE t SET a = VALUES (?)",
        "SELECT 1",
      })
  void anythingMoreIsNoPlainInsert(String sql) {
    assertThat(template(sql).isPlainInsert()).isFalse();
  }

  @Test
  void modesOfTheServerDecideAboutQuotes() {
    assertThat(SqlRules.of("STRICT_TRANS_TABLES,ansi_quotes")).isEqualTo(new SqlRules(true, false));
    assertThat(SqlRules.of("NO_BACKSLASH_ESCAPES")).isEqualTo(new SqlRules(false, true));
    assertThat(SqlRules.of("")).isEqualTo(SqlRules.DEFAULT);
    assertThat(SqlRules.of("NOT_ANSI_QUOTES")).isEqualTo(SqlRules.DEFAULT);
  }

  @Test
  void aCacheMakesATemplateOnceForEachMode() {
    SqlTemplateCache cache = new SqlTemplateCache(2);
    SqlRules ansi = SqlRules.DEFAULT.withNoBackslashEscapes(true);

    SqlTemplate first = cache.get("SELECT 1", SqlRules.DEFAULT);
    assertThat(cache.get("SELECT 1", SqlRules.DEFAULT)).isSameAs(first);
    assertThat(cache.get("SELECT 1", ansi)).isNotSameAs(first);

    SqlTemplate second = cache.get("SELECT 2", ansi);
    cache.get("SELECT 3", ansi);
    cache.get("SELECT 4", ansi);
    assertThat(cache.get("SELECT 2", ansi)).isNotSameAs(second);
  }

  @Test
  void namesAreQuotedWhateverTheyHold() {
    assertThat(Identifiers.quote("a`b")).isEqualTo("`a``b`");
    assertThat(Identifiers.quote("a'\"\\; --")).isEqualTo("`a'\"\\; --`");
    assertThatThrownBy(() -> Identifiers.quote("a\0")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Identifiers.quote("")).isInstanceOf(IllegalArgumentException.class);
    assertThat(Identifiers.isSimple("a_1$")).isTrue();
    assertThat(Identifiers.isSimple("1")).isFalse();
    assertThat(Identifiers.isSimple("a b")).isFalse();
    assertThat(Identifiers.isSimple("")).isFalse();
  }

  private static SqlTemplate template(String sql) {
    return SqlTemplate.of(sql, SqlRules.DEFAULT);
  }
}
