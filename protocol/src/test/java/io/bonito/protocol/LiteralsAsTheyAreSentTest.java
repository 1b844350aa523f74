package io.bonito.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.protocol.buffer.ByteWriter;
import io.bonito.protocol.exchange.LiteralExchange;
import io.bonito.protocol.sql.SqlRules;
import io.bonito.protocol.sql.SqlTemplate;
import io.bonito.protocol.value.Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values are written into a statement's text by the command that sends it. */
class LiteralsAsTheyAreSentTest {
  private static SqlTemplate template(String sql) {
    return SqlTemplate.of(sql, SqlRules.DEFAULT);
  }

  @Test
  void theCommandIsWhatTheTextOfBothWouldBe() {
    SessionTalk talk = SessionTalk.loggedIn();
    Parameters values = new Parameters(3);
    values.setLong(0, -7);
    values.setString(1, "O'Neill ☃");
    values.setLong(2, 1_234_567);
    talk.session.submit(
        new LiteralExchange(template("SELECT ?, 'drei ☃?', ? /* ? */, ? FROM t"), values));
    assertThat(talk.sentTexts())
        .containsExactly("SELECT (-7), 'drei ☃?', 'O''Neill ☃' /* ? */, 1234567 FROM t");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 9, 10, 99, 100, 1_000_000, Long.MAX_VALUE, -1, Long.MIN_VALUE})
  void aNumberIsItsDecimalDigits(long number) {
    ByteWriter out = new ByteWriter();
    out.writeDecimal(number);
    assertThat(new String(out.array(), 0, out.end(), UTF_8)).isEqualTo(Long.toString(number));
  }

  @Test
  void noValuesAreWrittenWhereNobodyKnowsWhatIsQuotedNorWhereDataIsLoaded() {
    for (String sql : new String[] {"SELECT 'open ?", "LOAD DATA LOCAL INFILE ? INTO TABLE t"}) {
      assertThatThrownBy(() -> new LiteralExchange(template(sql), new Parameters(1)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
