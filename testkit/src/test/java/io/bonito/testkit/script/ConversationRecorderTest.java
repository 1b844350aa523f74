package io.bonito.testkit.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.testkit.server.AdminConnection;
import io.bonito.testkit.server.TestConnections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConversationRecorderTest {
  @Test
  void notesBytesAndWordsInTheirOrder() throws Exception {
    ScriptedServer script =
        new ScriptedServer().query("SELECT 1", Answer.rows(List.of("1"), List.of("1")));
    try (ListeningServer server = script.listen();
        ConversationRecorder recorder = ConversationRecorder.before(server.host(), server.port())) {
      recorder.comment("a scripted server");
      try (AdminConnection client = TestConnections.open("127.0.0.1", recorder.port())) {
        recorder.due("READY");
        recorder.asked("query SELECT 1");
        client.query("SELECT 1");
        recorder.due("ROW 1");
        Conversation conversation = recorder.conversation("scripted");

        assertThat(conversation.steps())
            .extracting(step -> step.getClass().getSimpleName())
            .containsExactly(
                "Comment",
                "FromServer",
                "FromClient",
                "FromServer",
                "Due",
                "Asked",
                "FromClient",
                "FromServer",
                "Due");
        assertThat(conversation.toText())
            .contains("C 09 00 00 00 03 53 45 4c 45 43 54 20 31           |.....SELECT 1|\n");
      }
    }
  }
}
