package io.bonito.protocol.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcEscapesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          SELECT {d '2020-01-31'}                      | SELECT DATE '2020-01-31'
          SELECT {D'2020-01-31'}, { t '12:30:00'}     | SELECT DATE'2020-01-31', TIME '12:30:00'
          SELECT {ts '2020-01-31 12:30:00.5'}          | SELECT TIMESTAMP '2020-01-31 12:30:00.5'
          SELECT {d ?}, {ts ?}                         | SELECT CAST( ? AS DATE), CAST( ? AS DATETIME(6))
          SELECT {fn NOW()}                            | SELECT NOW()
          SELECT {fn CONCAT({fn UCASE('a')}, '}')}     | SELECT CONCAT(UCASE('a'), '}')
          SELECT {fn CONVERT(a, SQL_INTEGER)}          | SELECT CONVERT(a, SIGNED)
          SELECT {fn convert(f(a, b), sql_varchar)}    | SELECT convert(f(a, b), CHAR)
          SELECT {fn CONVERT(a, BIGINT )}              | SELECT CONVERT(a, SIGNED )
          SELECT {fn CONVERT(a, SQL_DATE)}             | SELECT CONVERT(a, DATE)
          SELECT {fn CONVERT(a, CHAR)}, INTEGER        | SELECT CONVERT(a, CHAR), INTEGER
          SELECT {fn TIMESTAMPADD(SQL_TSI_FRAC_SECOND, 1, a)} | SELECT TIMESTAMPADD(MICROSECOND, 1, a)
          SELECT * FROM {oj a LEFT OUTER JOIN b ON 1}  | SELECT * FROM a LEFT OUTER JOIN b ON 1
          SELECT a LIKE '!%' {escape '!'}              | SELECT a LIKE '!%' ESCAPE '!'
          SELECT 1 {limit 5 offset 2}                  | SELECT 1 LIMIT 5 offset 2
          {call p}                                     | CALL p()
          {call db.p(?, {d '2020-01-31'})}             | CALL db.p(?, DATE '2020-01-31')
          {? = call f(?)}                              | SELECT f(?)
          {?=call f}                                   | SELECT f()
          """)
  void becomeTheServersOwnSql(String sql, String expected) {
    assertThat(JdbcEscapes.translate(sql, SqlRules.DEFAULT)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "SELECT '{d 1}', `{d 1}`, \"{d 1}\" /* {d 1} */ -- {d 1}",
        "SELECT {x 'a'}",
        "SELECT {}",
        "SELECT { {} }",
        "SELECT {d '2020-01-31'",
        "SELECT }",
        "SELECT {fn NOW()}}",
        "{?= f()}",
        "{? call f()}",
      })
  void whatIsNoEscapeStaysAsItIs(String sql) {
    String translated = JdbcEscapes.translate(sql, SqlRules.DEFAULT);

    assertThat(translated).isEqualTo(sql.contains("{fn NOW()}") ? "SELECT NOW()}" : sql);
  }

  @Test
  void aTextWithoutBracesIsNotEvenCopied() {
    String sql = "SELECT 1";

    assertThat(JdbcEscapes.translate(sql, SqlRules.DEFAULT)).isSameAs(sql);
  }
}
