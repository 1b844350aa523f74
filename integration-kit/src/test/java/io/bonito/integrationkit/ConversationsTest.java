package io.bonito.integrationkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.testkit.script.Conversation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recorded conversation, replayed to a session without a transport. */
class ConversationsTest {
  private static final Path FOLDER =
      Path.of("src/main/resources/io/bonito/integrationkit/conversations");

  static Stream<Arguments> conversationsInPieces() {
    return Conversations.all().stream()
        .flatMap(
            conversation ->
                Stream.of(1, 2, 3, 5, 64, 100_000)
                    .map(pieceSize -> Arguments.of(conversation, pieceSize)));
  }

  @ParameterizedTest(name = "{0} in pieces of {1}")
  @MethodSource("conversationsInPieces")
  void saysTheSameHoweverTheBytesArrive(Conversation conversation, int pieceSize) {
    MemoryReplay replay = new MemoryReplay(conversation);
    replay.inPieces(pieceSize);
    assertThat(replay.events()).isEqualTo(MemoryReplay.due(conversation));
  }

  static List<Conversation> conversations() {
    return Conversations.all();
  }

  /**
   * The stream ends at each byte: what was told until then is true, and then comes CLOSED. Nothing
   * waits for ever, and nothing is thrown.
   */
  @ParameterizedTest
  @MethodSource("conversations")
  void endsWhereverTheStreamEnds(Conversation conversation) {
    int size = conversation.serverBytes().length;
    List<String> due = MemoryReplay.due(conversation);
    for (int bytes = 0; bytes <= size; bytes++) {
      MemoryReplay replay = new MemoryReplay(conversation);
      replay.cutAfter(bytes, 100_000);
      List<String> events = replay.events();
      int last = events.size() - 1;
      assertThat(events.get(last)).as("after byte %d", bytes).isEqualTo("CLOSED");
      assertThat(due.subList(0, last))
          .as("after byte %d", bytes)
          .isEqualTo(events.subList(0, last));
      assertThat(replay.session().hasEnded()).isTrue();
    }
  }

  @Test
  void allFilesAreNamed() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(Conversations.all().stream().map(conversation -> conversation.name()))
          .containsExactlyElementsOf(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.endsWith(".conversation"))
                  .map(name -> name.replace(".conversation", ""))
                  .sorted()
                  .toList());
    }
  }
}
