package io.bonito.testkit.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ConversationTest {
  private static final String TEXT =
      """
      # MySQL 8.0.33
      S 05 00 00 00 0a 38 2e 30 00                       |.....8.0.|

      > query SELECT 'a|b' # no comment
      C 02 00 00 00 03 78                                |.....x|
      S 01 00 00 01 01                                   |.....|
      S 02 00 00 02 61 62                                |....ab|
      = COLUMNS 1
      = ROW a|b
      """;

  @Test
  void readsWhatItWrites() {
    Conversation conversation = Conversation.parse("sample", TEXT);

    assertThat(conversation.toText()).isEqualTo(TEXT);
  }

  @Test
  void linesOfOneSideAreOneStep() {
    Conversation conversation = Conversation.parse("sample", TEXT);

    assertThat(conversation.steps()).hasSize(7);
    assertThat(conversation.steps().get(2))
        .isEqualTo(new Conversation.Step.Asked("query SELECT 'a|b' # no comment"));
    assertThat(((Conversation.Step.FromServer) conversation.steps().get(4)).bytes())
        .containsExactly(1, 0, 0, 1, 1, 2, 0, 0, 2, 'a', 'b');
    assertThat(conversation.clientBytes()).containsExactly(2, 0, 0, 0, 3, 'x');
  }

  @Test
  void aWrongLineIsNamedByItsNumber() {
    assertThatThrownBy(() -> Conversation.parse("sample", "# fine\nX 00"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sample, line 2: \"X\" where one of # > C S = is due");
    assertThatThrownBy(() -> Conversation.parse("sample", "S 0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("sample, line 1: ");
  }
}
