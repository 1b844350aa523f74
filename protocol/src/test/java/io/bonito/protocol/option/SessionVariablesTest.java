package io.bonito.protocol.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionVariablesTest {
  private static ConnectionOptions with(Option<?> option, String text) {
    return ConnectionOptions.of(Map.of(option.name(), text));
  }

  @Test
  void commasAndSemicolonsPartThemButNotWithinQuotesAndBrackets() {
    ConnectionOptions options =
        with(
            SessionStartOptions.SESSION_VARIABLES,
            "sql_mode='A,B;\\',C', @@session.Net_Write_Timeout = 5;@x:=IF(1, 'a', \"b,c\"),"
                + "SESSION odd=1");

    assertThat(options.get(SessionStartOptions.SESSION_VARIABLES))
        .containsExactly(
            Map.entry("sql_mode", "'A,B;\\',C'"),
            Map.entry("net_write_timeout", "5"),
            Map.entry("@x", "IF(1, 'a', \"b,c\")"),
            Map.entry("odd", "1"));
  }

  @Test
  void whatIsPrintedIsReadAgain() {
    ConnectionOptions options =
        with(SessionStartOptions.SESSION_VARIABLES, "a='x,y';b=(1),c=CONCAT('(', `d`)");

    assertThat(
            ConnectionOptions.of(options.texts(false)).get(SessionStartOptions.SESSION_VARIABLES))
        .isEqualTo(options.get(SessionStartOptions.SESSION_VARIABLES))
        .hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "=1", "a=", "a='x", "a b=1", "@@global.a=1", "a-b=1"})
  void whatIsNoAssignmentIsRefused(String text) {
    assertThatThrownBy(() -> with(SessionStartOptions.SESSION_VARIABLES, text))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("sessionVariables");
  }

  @Test
  void statementsArePartedAtSemicolonsOutsideQuotes() {
    assertThat(
            with(SessionStartOptions.INIT_SQL, " SET a = ';' ; ; DO f(';)')")
                .get(SessionStartOptions.INIT_SQL))
        .isEqualTo(List.of("SET a = ';'", "DO f(';)')"));
  }

  @Test
  void isolationIsReadAsEitherRivalWritesIt() {
    for (String text : List.of("read-committed", "READ_COMMITTED", "Read Committed")) {
      assertThat(
              with(SessionStartOptions.TRANSACTION_ISOLATION, text)
                  .get(SessionStartOptions.TRANSACTION_ISOLATION))
          .isEqualTo(TransactionIsolation.READ_COMMITTED);
    }
    assertThatThrownBy(() -> with(SessionStartOptions.TRANSACTION_ISOLATION, "NONE"))
        .isInstanceOf(OptionException.class);
  }

  @Test
  void whatHasNoEffectIsSaidWithTheReasonUnlessItIsTurnedOff() {
    ConnectionOptions on = ConnectionOptions.of(Map.of("autoReconnect", "true"));
    ConnectionOptions off = ConnectionOptions.of(Map.of("autoReconnect", "false"));

    assertThat(on.warnings()).singleElement().asString().contains("autoReconnect", "a pool opens");
    assertThat(off.warnings()).isEmpty();
  }
}
