package io.bonito.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {
  @Test
  void withoutAnyAMillionRowsAreReadFromTheDemosOwnMariaDb() {
    assertThat(Arguments.parse(new String[0]))
        .isEqualTo(new Arguments(/* mysql= */ false, /* url= */ "", 1_000_000, 2, /* port= */ 0));
  }

  @Test
  void eachIsTaken() {
    String[] words = {"--rows", "20000", "--seconds", "1", "--mysql", "--port", "4000"};
    assertThat(Arguments.parse(words)).isEqualTo(new Arguments(true, "", 20_000, 1, 4000));
  }

  @ParameterizedTest
  @CsvSource({
    "--rows 5, --rows wants a number from 10000 to 100000000",
    "--rows many, --rows wants a number",
    "--port, --port wants a value",
    "--url jdbc:mysql://h/ --mysql, --url names a server",
    "--fast, Unknown argument --fast"
  })
  void oneSentenceSaysWhatIsWrong(String line, String sentence) {
    assertThatThrownBy(() -> Arguments.parse(line.split(" ")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void anUrlOfAnotherDatabaseIsRefused() {
    assertThatThrownBy(() -> Contender.all("jdbc:postgresql://localhost/"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must begin with jdbc:mysql://");
  }
}
