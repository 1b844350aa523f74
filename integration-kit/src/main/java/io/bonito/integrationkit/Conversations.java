package io.bonito.integrationkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bonito.testkit.script.Conversation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The recorded conversations, which travel with the kit. */
public final class Conversations {
  private static final String FOLDER = "conversations/";

  private Conversations() {}

  /** All of them, by name. */
  public static List<Conversation> all() {
    return read(FOLDER + "names.txt").lines().map(Conversations::named).toList();
  }

  /** One, such as {@code mysql-8.0.33-select-text}. */
  public static Conversation named(String name) {
    return Conversation.parse(name, read(FOLDER + name + ".conversation"));
  }

  /**
   * As far as it can be asked of a transport: what needs the session itself, such as another user,
   * ends it.
   */
  static Conversation playable(Conversation conversation) {
    List<Conversation.Step> steps = new ArrayList<>();
    for (Conversation.Step step : conversation.steps()) {
      if (step instanceof Conversation.Step.Asked asked && !Caller.isPlayable(asked.text())) {
        break;
      }
      steps.add(step);
    }
    return new Conversation(conversation.name(), steps);
  }

  private static String read(String resource) {
    try (InputStream in = Conversations.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("the kit has no " + resource);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
