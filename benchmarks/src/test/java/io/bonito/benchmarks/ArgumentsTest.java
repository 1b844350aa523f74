package io.bonito.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.benchmarks.contest.Carrier;
import io.bonito.benchmarks.contest.Format;
import io.bonito.benchmarks.contest.Load;
import io.bonito.testkit.server.ServerKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {
  private static Words words(String line) {
    return new Words(line.split(" "));
  }

  @Test
  void withoutAnyAllIsMeasuredOverTcpOnTheServerThatNeedsNothing() {
    Arguments arguments = Arguments.parse(new Words());

    assertThat(arguments.servers()).containsExactly(ServerKind.MARIADB_11_4);
    assertThat(arguments.loads()).hasSize(Load.values().length - 1).doesNotContain(Load.OWN);
    assertThat(arguments.formats()).containsExactly(Format.TEXT, Format.BINARY);
    assertThat(arguments.carriers()).containsExactly(Carrier.TCP);
    assertThat(arguments.contenders()).isEqualTo(Contender.ALL);
  }

  @Test
  void listsAreTakenInTheOrderGiven() {
    Arguments arguments =
        Arguments.parse(
            words("--loads rows,point --formats binary --over tls,unix --contenders bound,bonito"));

    assertThat(arguments.loads()).containsExactly(Load.ROWS, Load.POINT);
    assertThat(arguments.formats()).containsExactly(Format.BINARY);
    assertThat(arguments.carriers()).containsExactly(Carrier.TLS, Carrier.UNIX);
    assertThat(arguments.contenders())
        .extracting(Contender::word)
        .containsExactly("bound", "bonito");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--rows 5 | --rows wants a number from 10000 to",
        "--seconds soon | --seconds wants a number",
        "--json | --json wants a value",
        "--loads point,swim | --loads knows no swim; there are point, select1",
        "--delay -1 | --delay wants a number from 0 to 10000, not -1.",
        "--delay 1 --over unix | --delay goes with tcp and tls",
        "--delay 1 --replay | not with --replay",
        "--contenders copy | copy stands beside decoding: it goes with --replay",
        "--fast | Unknown argument --fast"
      })
  void oneSentenceSaysWhatIsWrong(String line, String sentence) {
    assertThatThrownBy(() -> Arguments.parse(words(line)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void anUrlTellsTheServerAndWhatTheUserAdds() {
    assertThat(Endpoint.of("jdbc:mariadb://db.example:3307/shop?user=a&password=b"))
        .isEqualTo(new Endpoint("db.example", 3307, "", "user=a&password=b"));
    assertThat(Endpoint.of("jdbc:mysql://db.example"))
        .isEqualTo(new Endpoint("db.example", 3306, "", ""));
  }

  @Test
  void anUrlOfAnotherDatabaseIsRefused() {
    assertThatThrownBy(() -> Endpoint.of("jdbc:postgresql://localhost/"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must begin with jdbc:mysql://");
  }
}
