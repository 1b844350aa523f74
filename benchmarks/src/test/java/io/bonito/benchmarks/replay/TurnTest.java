package io.bonito.benchmarks.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnTest {
  private static final String SET = "04000000 03534554";
  private static final String PING = "01000000 0e";
  private static final String PREPARE = "05000000 1641424344";
  private static final String EXECUTE = "02000000 1701";
  private static final String OK = "07000001 00000002000000";
  private static final String OK_OF_A_ROW = "07000001 00010002000000";
  private static final String OK_AND_MORE = "07000001 0000000a000000";
  private static final String ROWS = "01000001 01 05000002 fe00000200";

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static List<String> parts(String asked, String answered) {
    return new Turn(bytes(asked), bytes(answered))
        .parts().stream()
            .map(
                part ->
                    HexFormat.of().formatHex(part.asked())
                        + ">"
                        + HexFormat.of().formatHex(part.answered()))
            .toList();
  }

  private static String part(String asked, String answered) {
    return (asked + ">" + answered).replace(" ", "");
  }

  @Test
  void whatIsAnsweredByAnOkIsATurnOfItsOwn() {
    assertThat(parts(SET + SET + EXECUTE, OK + OK + ROWS))
        .containsExactly(part(SET, OK), part(SET, OK), part(EXECUTE, ROWS));
    assertThat(parts(SET + PING, OK + OK)).containsExactly(part(SET, OK), part(PING, OK));
  }

  @Test
  void whatMayBeAnsweredByMoreStaysWithWhatFollows() {
    assertThat(parts(PREPARE + EXECUTE, OK + ROWS))
        .containsExactly(part(PREPARE + EXECUTE, OK + ROWS));
    assertThat(parts(SET + PING, OK_AND_MORE + OK + OK))
        .containsExactly(part(SET + PING, OK_AND_MORE + OK + OK));
    assertThat(parts(SET + PING, OK_OF_A_ROW + OK))
        .containsExactly(part(SET + PING, OK_OF_A_ROW + OK));
    assertThat(parts(EXECUTE + PING, ROWS + OK)).containsExactly(part(EXECUTE + PING, ROWS + OK));
  }

  @Test
  void aCommandAloneIsLeftAsItIs() {
    assertThat(parts(PING, OK)).containsExactly(part(PING, OK));
    assertThat(parts("", OK)).containsExactly(part("", OK));
  }
}
