package io.bonito.protocol;

import io.bonito.protocol.row.Row;
import java.util.function.Consumer;

/**
 * One connection's turn to ask a server for its profile, before it is given to anybody.
 *
 * <pre>{@code
 * try (ProfileInquiry inquiry = KnownServers.inquire(options.target(), state.server())) {
 *   while (inquiry.asks()) {
 *     // query inquiry.question(), alone; inquiry.add(row) at each ROW
 *     inquiry.answered(); // by an error too: no such variable, or a proxy that knows no such query
 *   }
 * }
 * }</pre>
 */
public final class ProfileInquiry implements AutoCloseable {
  /** Somebody else asks, or has. */
  static final ProfileInquiry NEEDLESS = new ProfileInquiry(answers -> {}, () -> {});

  static {
    NEEDLESS.asked = ServerProfile.QUESTIONS.size();
    NEEDLESS.closed = true;
  }

  private final ServerProfile.Answers answers = new ServerProfile.Answers();
  private final Consumer<ServerProfile.Answers> learnt;
  private final Runnable givenUp;
  private int asked;
  private boolean closed;

  ProfileInquiry(Consumer<ServerProfile.Answers> learnt, Runnable givenUp) {
    this.learnt = learnt;
    this.givenUp = givenUp;
  }

  /** Whether there is a question left. */
  public boolean asks() {
    return asked < ServerProfile.QUESTIONS.size();
  }

  /** What to query next. */
  public String question() {
    return ServerProfile.QUESTIONS.get(asked);
  }

  /** Takes a row of the answer. */
  public void add(Row row) {
    answers.add(row);
  }

  /** The answer is complete, or the server has refused it. */
  public void answered() {
    asked++;
  }

  /** Tells all connections what was learnt; else leaves the asking to the next one. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (asks()) {
      givenUp.run();
    } else {
      learnt.accept(answers);
    }
  }
}
