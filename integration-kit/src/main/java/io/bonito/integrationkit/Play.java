package io.bonito.integrationkit;

import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.Exchange;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.failure.ConnectionException.Reason;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.bonito.testkit.script.Conversation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The caller's side of a conversation, played through a transport; what is told is kept. */
class Play {
  private final Conversation conversation;
  private final Caller caller = new Caller();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final List<Command> given = new ArrayList<>();
  private volatile boolean answerBegun;
  private volatile @Nullable DrivenConnection connection;
  private volatile @Nullable ConnectionException failure;
  private volatile boolean openAtFailure;

  Play(Conversation conversation) {
    this.conversation = conversation;
  }

  /** A command is about to be given. */
  void giving(Exchange exchange) {}

  /**
   * An event was told.
   *
   * @param count how many by now, this one included
   */
  void told(int count, Event event, Exchange exchange, DrivenConnection by) {}

  /** Plays until its end, or until the connection fails. Waits as long as the transport does. */
  void run(TransportDriver driver, int port) {
    ConnectionOptions options =
        Caller.optionsBuilder(conversation)
            .set(Options.HOST, LoopbackPeer.HOST)
            .set(Options.PORT, port)
            .set(Options.CONNECT_TIMEOUT, Duration.ofMinutes(1))
            .build();
    DrivenConnection opened;
    try {
      opened = driver.open(options);
    } catch (ConnectionException e) {
      if (e.reason() == Reason.REJECTED && e.serverError().isPresent()) {
        told.add(EventText.failed(e.serverError().get()));
      } else {
        failure = e;
      }
      return;
    }
    connection = opened;
    try {
      play(opened);
    } catch (ConnectionException e) {
      openAtFailure = opened.isOpen();
      failure = e;
    } finally {
      opened.close();
    }
  }

  private void play(DrivenConnection opened) throws ConnectionException {
    for (Conversation.Step step : conversation.steps()) {
      if (step instanceof Conversation.Step.Asked asked) {
        ask(asked.text(), opened);
      } else if (step instanceof Conversation.Step.Due && !given.isEmpty()) {
        answers(opened);
      }
    }
  }

  private void ask(String line, DrivenConnection opened) throws ConnectionException {
    if (line.startsWith("pipelining ")) {
      opened.pipelining(line.endsWith(" on"));
    } else if (Caller.isCommand(line)) {
      Command command = caller.toGive(line);
      giving(command.exchange());
      given.add(command);
    } else if (!given.isEmpty()) {
      answers(opened); // of those that have none
    }
  }

  private void answers(DrivenConnection opened) throws ConnectionException {
    List<Command> commands = List.copyOf(given);
    given.clear();
    answerBegun = false;
    opened.run(commands, (event, exchange) -> hear(event, exchange, opened));
    answerBegun = false;
  }

  private boolean hear(Event event, Exchange exchange, DrivenConnection by) {
    answerBegun = !event.completesExchange();
    told.add(EventText.of(event, exchange));
    told(told.size(), event, exchange, by);
    return true;
  }

  List<String> told() {
    return told;
  }

  /** Null where none of its commands failed. */
  @Nullable ConnectionException failure() {
    return failure;
  }

  boolean hasConnected() {
    return connection != null;
  }

  /** Whether an answer broke off that had begun. */
  boolean isAnswerBegun() {
    return answerBegun;
  }

  /** Whether the connection was still open when its failure was told. */
  boolean wasOpenAtFailure() {
    return openAtFailure;
  }

  /** For when the transport does not come back. */
  void abandon() {
    DrivenConnection current = connection;
    if (current != null) {
      current.abort();
    }
  }
}
