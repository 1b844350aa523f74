package io.bonito.protocol.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlDigestTest {
  private static String digest(String sql) {
    return SqlDigest.of(sql, SqlRules.of(""), 200);
  }

  @Test
  void stringsAndNumbersBecomeQuestionMarks() {
    assertThat(digest("SELECT a1 FROM t WHERE b = 'se''cr\\'et' AND c IN (?, 2.5,-7e3, 0xAB)"))
        .isEqualTo("SELECT a1 FROM t WHERE b = ? AND c IN (?, ?,-?, ?)");
    assertThat(digest("SET PASSWORD = \"hush\"")).isEqualTo("SET PASSWORD = ?");
    assertThat(digest("SELECT _utf8mb4'x', N'y', X'4D', 1.5e-3"))
        .isEqualTo("SELECT _utf8mb4?, N?, X?, ?-?");
  }

  @Test
  void namesAndCommentsStay() {
    assertThat(digest("SELECT `it's`.x /* page 'start' */ FROM t1.u2 -- who asks"))
        .isEqualTo("SELECT `it's`.x /* page 'start' */ FROM t1.u2 -- who asks");
    assertThat(SqlDigest.of("SELECT \"name\"", SqlRules.of("ANSI_QUOTES"), 200))
        .isEqualTo("SELECT \"name\"");
  }

  @Test
  void aStringWithoutAnEndIsNotShown() {
    assertThat(digest("SELECT 'secret")).isEqualTo("SELECT ?");
    assertThat(digest("SELECT 1, \"secret")).isEqualTo("SELECT ?, ?");
  }

  @Test
  void whatIsTooLongIsCut() {
    SqlRules rules = SqlRules.of("");
    assertThat(SqlDigest.of("SELECT abc", rules, 10)).isEqualTo("SELECT abc");
    assertThat(SqlDigest.of("SELECT abcd", rules, 10)).isEqualTo("SELECT ab…");
    assertThat(SqlDigest.of("SELECT 'a', 'b', 'c'", rules, 10)).isEqualTo("SELECT ?,…");
    assertThat(SqlDigest.of("INSERT INTO t VALUES " + "('x'), ".repeat(100_000), rules, 30))
        .isEqualTo("INSERT INTO t VALUES (?), (?)…");
    assertThat(SqlDigest.of("", rules, 1)).isEmpty();
    assertThat(SqlDigest.of("DO 1", rules, 1)).isEqualTo("…");
  }
}
