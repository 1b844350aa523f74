package io.bonito.integrationkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.testkit.script.Conversation;
import io.bonito.testkit.server.AdminConnection;
import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The recorded conversations are what real servers say; with {@code -Dbonito.record=true} they are
 * recorded anew.
 */
@Tag("server")
class RecordedConversationsTest {
  private static final Path FOLDER =
      Path.of("src/main/resources/io/bonito/integrationkit/conversations");

  static Stream<Arguments> topicsOfServers() {
    return Servers.selected()
        .filter(server -> isRecorded(server) || Boolean.getBoolean("bonito.record"))
        .flatMap(
            server ->
                Arrays.stream(Topic.values())
                    .filter(topic -> topic.families().contains(server.family()))
                    .map(topic -> Arguments.of(server, topic)));
  }

  private static boolean isRecorded(Server server) {
    return Files.exists(file(server, Topic.SELECT_TEXT));
  }

  private static Path file(Server server, Topic topic) {
    return FOLDER.resolve(name(server, topic) + ".conversation");
  }

  private static String name(Server server, Topic topic) {
    String family = server.kind().id().replaceFirst("-.*", "");
    return family + "-" + server.version().replaceFirst("-.*", "") + "-" + topic.fileName();
  }

  @ParameterizedTest(name = "{1} of {0}", allowZeroInvocations = true, autoCloseArguments = false)
  @MethodSource("topicsOfServers")
  void theServerStillSaysWhatWasRecorded(Server server, Topic topic) throws IOException {
    Conversation said = talk(server, topic);
    if (Boolean.getBoolean("bonito.record")) {
      Files.createDirectories(FOLDER);
      said.write(file(server, topic));
    }
    Conversation recorded = Conversation.load(file(server, topic));
    assertThat(due(said)).isEqualTo(due(recorded));
  }

  /** MariaDB goes on counting statements where a session before has left a thread to this one. */
  private static List<String> due(Conversation conversation) {
    return MemoryReplay.due(conversation).stream()
        .map(line -> line.replaceFirst("(statement|handler) \\(\\d+\\)", "$1 (1)"))
        .toList();
  }

  private static Conversation talk(Server server, Topic topic) throws IOException {
    setUp(server, topic);
    List<Conversation.Step> steps = new ArrayList<>();
    steps.add(
        new Conversation.Step.Comment(
            server.kind().title() + ", recorded by RecordedConversationsTest"));
    try (LiveTalk talk = new LiveTalk(server, topic.connect())) {
      for (List<String> lines : topic.asked()) {
        talk.ask(lines);
      }
      steps.addAll(talk.steps());
    }
    return new Conversation(name(server, topic), steps);
  }

  private static void setUp(Server server, Topic topic) {
    try (AdminConnection admin = server.admin()) {
      admin.execute("DROP DATABASE IF EXISTS kit");
      admin.execute("CREATE DATABASE kit CHARACTER SET utf8mb4");
      admin.execute("USE kit");
      for (String statement : statements(topic.setup())) {
        admin.execute(statement);
      }
    }
  }

  /** The body of a procedure has semicolons of its own. */
  private static List<String> statements(String sql) {
    int procedure = sql.indexOf("CREATE PROCEDURE");
    String simple = procedure < 0 ? sql : sql.substring(0, procedure);
    List<String> statements = new ArrayList<>();
    for (String statement : simple.split(";")) {
      if (!statement.isBlank()) {
        statements.add(statement);
      }
    }
    if (procedure >= 0) {
      statements.add(sql.substring(procedure));
    }
    return statements;
  }
}
