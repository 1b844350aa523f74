package io.bonito.protocol.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.protocol.sql.SqlScanner.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class SqlScannerTest {
  private static final SqlRules ANSI = new SqlRules(/* ansiQuotes= */ true, false);
  private static final SqlRules PLAIN_BACKSLASH = new SqlRules(false, /* noBackslash= */ true);

  @Test
  void cutsTextIntoTokens() {
    assertThat(tokens("SELECT a.`b``c`, 'it''s', \"x\\\"y\", 1e5 FROM täble WHERE d >= ?;"))
        .containsExactly(
            "SELECT",
            "a",
            ".",
            "`b``c`",
            ",",
            "'it''s'",
            ",",
            "\"x\\\"y\"",
            ",",
            "1e5",
            "FROM",
            "täble",
            "WHERE",
            "d",
            ">",
            "=",
            "?",
            ";");
  }

  @Test
  void commentsAreSkipped() {
    assertThat(tokens("a /* ? ' */ b -- ? '\n c # ? \"\n d --\te\n--"))
        .containsExactly("a", "b", "c", "d");
    assertThat(tokens("a /*/ ? */ b")).containsExactly("a", "b");
    assertThat(tokens("SELECT /*+ MAX_EXECUTION_TIME(1) */ 1")).containsExactly("SELECT", "1");
  }

  @Test
  void twoHyphensWithoutABlankAreASubtraction() {
    assertThat(tokens("1--1")).containsExactly("1", "-", "-", "1");
    assertThat(tokens("1--\u007f?\n2")).containsExactly("1", "2");
    assertThat(tokens("1---?")).containsExactly("1", "-", "-", "-", "?");
  }

  @Test
  void aNulEndsALineCommentAsItDoesForTheServer() {
    assertThat(tokens("a # b\0?")).containsExactly("a", "?");
  }

  @Test
  void ansiQuotesMakeNames() {
    SqlScanner scanner = new SqlScanner("\"a\\\" ?", ANSI);

    assertThat(scanner.next()).isEqualTo(Token.QUOTED_NAME);
    assertThat(scanner.text()).isEqualTo("\"a\\\"");
    assertThat(scanner.next()).isEqualTo(Token.PLACEHOLDER);
    assertThat(new SqlScanner("\"a\"", SqlRules.DEFAULT).next()).isEqualTo(Token.STRING);
  }

  @Test
  void withoutBackslashEscapesABackslashEndsNothing() {
    assertThat(SqlTemplate.of("SELECT '\\', ?", PLAIN_BACKSLASH).placeholderCount()).isEqualTo(1);
    assertThat(SqlTemplate.of("SELECT '\\', ?", SqlRules.DEFAULT).placeholderCount()).isZero();
  }

  @Test
  void executableCommentsAreLookedInto() {
    assertThat(tokens("/*!40101 SET NAMES utf8 */; a"))
        .containsExactly("SET", "NAMES", "utf8", ";", "a");
    assertThat(tokens("/*M!100100 a*/ b /*! c */ d")).containsExactly("a", "b", "c", "d");
    assertThat(tokens("2 */ 1")).containsExactly("2", "*", "/", "1");
  }

  @Test
  void whatOnlySomeServersExecuteIsConditional() {
    assertThat(isConditional("SELECT /*!40000 SQL_NO_CACHE */ ?")).isFalse();
    assertThat(isConditional("SELECT /*!99999 ? */ 1")).isTrue();
    assertThat(isConditional("SELECT /*!99999 ' */ ? /*' */")).isTrue();
    assertThat(isConditional("SELECT /*! 1 /* ' */ ? */")).isTrue();
    assertThat(isConditional("SELECT /*+ QB_NAME(`a*/`) */ ?")).isTrue();
    assertThat(isConditional("SELECT $$ ? $$, ?")).isTrue();
    assertThat(isConditional("SELECT a$$b, $1, ?")).isFalse();
  }

  @Test
  void dollarsQuoteWhereTheirEndIsFound() {
    assertThat(tokens("a $$ ? ' $$ b")).containsExactly("a", "$$ ? ' $$", "b");
    assertThat(tokens("$x$ $$ ? $x$ b")).containsExactly("$x$ $$ ? $x$", "b");
    assertThat(tokens("$$ ?")).containsExactly("$$", "?");
  }

  @Test
  void aQuestionMarkBeforeALetterIsNoParameter() {
    assertThat(SqlTemplate.of("SELECT ?a, ?_, ?é, ?-1, ?", SqlRules.DEFAULT).placeholderCount())
        .isEqualTo(2);
  }

  @Test
  void whatDoesNotEndIsIncomplete() {
    for (String sql :
        List.of("'", "\"a", "`a``", "'\\", "/*", "/* *", "/*! a", "/*!1 'a' ", "SELECT 'a\\'")) {
      SqlScanner scanner = new SqlScanner(sql, SqlRules.DEFAULT);
      Token token = scanner.next();
      while (token != Token.END) {
        token = scanner.next();
      }
      assertThat(scanner.isComplete()).as(sql).isFalse();
    }
  }

  @Test
  void tokensNeverOverlapAndNothingButBlanksAndCommentsLiesBetween() {
    String[] pieces = {
      "'",
      "\"",
      "`",
      "\\",
      "--",
      " ",
      "\n",
      "#",
      "/*",
      "*/",
      "!",
      "M!",
      "+",
      "?",
      ";",
      "$",
      "$$",
      "$a$",
      "a",
      "1",
      "é",
      "\uD83D",
      "\0",
      "(",
      ")",
      "{",
      "}",
      "SELECT",
      "SET NAMES",
      "INSERT INTO",
      "VALUES",
      "{fn ",
      "{d ",
      "{call ",
      "{?=",
      "CREATE PROCEDURE",
      "BEGIN",
      "*",
      "/",
      "=",
      ",",
    };
    for (int round = 0; round < 50_000; round++) {
      RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(round);
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(12); i > 0; i--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      String sql = text.toString();
      SqlRules rules = new SqlRules(random.nextBoolean(), random.nextBoolean());
      SqlScanner scanner = new SqlScanner(sql, rules);
      int end = 0;
      int placeholders = 0;
      for (Token token = scanner.next(); token != Token.END; token = scanner.next()) {
        assertThat(scanner.start()).as(sql).isGreaterThanOrEqualTo(end);
        assertThat(scanner.end()).as(sql).isGreaterThan(scanner.start());
        end = scanner.end();
        placeholders += token == Token.PLACEHOLDER ? 1 : 0;
      }
      assertThat(end).isLessThanOrEqualTo(sql.length());
      SqlTemplate template = SqlTemplate.of(sql, rules);
      assertThat(template.placeholderCount()).isEqualTo(placeholders);
      StringBuilder joined = new StringBuilder(template.piece(0));
      for (int i = 1; i <= placeholders; i++) {
        joined.append('?').append(template.piece(i));
      }
      assertThat(joined.toString()).isEqualTo(sql);
      assertThat(JdbcEscapes.translate(sql, rules)).isNotNull();
    }
  }

  @Test
  void timeGrowsWithTheTextOnly() {
    // Each would take minutes if any character were looked at again and again.
    for (String piece : List.of("$a$ ", "/*! ", "/*", "'", "{fn ", "{", "(", "? ", "--", "$$")) {
      String sql = piece.repeat(500_000);
      assertThat(SqlTemplate.of(sql, SqlRules.DEFAULT).sql()).isSameAs(sql);
      assertThat(JdbcEscapes.translate(sql, SqlRules.DEFAULT)).isNotEmpty();
    }
  }

  private static boolean isConditional(String sql) {
    return !SqlTemplate.of(sql, SqlRules.DEFAULT).takesLiterals();
  }

  private static List<String> tokens(String sql) {
    SqlScanner scanner = new SqlScanner(sql, SqlRules.DEFAULT);
    List<String> tokens = new ArrayList<>();
    while (scanner.next() != Token.END) {
      tokens.add(scanner.text());
    }
    return tokens;
  }
}
