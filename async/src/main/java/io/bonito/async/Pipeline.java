package io.bonito.async;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Independent statements of one connection, sent together and answered one after the other: twenty
 * reads cost one round trip and not twenty.
 *
 * <pre>{@code
 * Pipeline pipeline = connection.pipeline();
 * CompletableFuture<List<Long>> total =
 *     pipeline.add(connection.query("SELECT COUNT(*) FROM orders"), row -> row.getLong(0));
 * CompletableFuture<Outcome> seen =
 *     pipeline.add(connection.query("UPDATE visits SET n = n + 1 WHERE id = ?", 7));
 * pipeline.run();
 * }</pre>
 *
 * <p>The server does not stop at an error: what stands behind a statement that fails is executed
 * all the same. So nothing belongs here that needs the success of what stands before it. To servers
 * and proxies that cannot bear commands ahead of answers they go one by one.
 *
 * <p>Rows are read into memory. A statement of a pipeline that is cancelled is executed all the
 * same and its answer passed over; where its timeout passes the connection is closed. Used by one
 * thread at a time.
 */
public final class Pipeline {
  private final Line line;
  private final List<Command> commands = new ArrayList<>();
  private final CompletableFuture<@Nullable Void> whole = new CompletableFuture<>();
  private final Member owner = new Member();
  private final All turn = new All();
  private boolean begun;

  // Of the loop.

  private int preparing;
  private int unanswered;
  private boolean giving;
  private boolean executed;

  Pipeline(Line line) {
    this.line = line;
  }

  /** Adds a statement whose rows, if any, are passed over. Nothing is sent yet. */
  public CompletableFuture<Outcome> add(Query query) {
    return added(query, new Answer.Run());
  }

  /** Adds a statement whose rows are kept. Nothing is sent yet. */
  public <T extends @Nullable Object> CompletableFuture<List<T>> add(
      Query query, RowMapper<T> mapper) {
    return added(query, new Answer.Rows<>(mapper, query.maxResultBytes()));
  }

  private <T extends @Nullable Object> Answer<T> added(Query query, Answer<T> answer) {
    requireNotBegun();
    if (query.line() != line) {
      throw AsyncException.misuse("the statement is another connection's");
    }
    Command command =
        new Command(line, query, answer, /* paced= */ false, owner, /* alone= */ false);
    commands.add(command);
    answer.execution(command);
    return answer;
  }

  private void requireNotBegun() {
    if (begun) {
      throw AsyncException.outOfTurn("the pipeline has run; begin another one");
    }
  }

  /**
   * Executes all statements; once for each pipeline.
   *
   * @return completes when all are answered, be it with errors: each one's own future has those
   */
  public CompletableFuture<@Nullable Void> run() {
    requireNotBegun();
    begun = true;
    if (commands.isEmpty()) {
      whole.complete(null);
    } else {
      line.turns().add(turn);
    }
    return whole;
  }

  // ---- on the loop

  /** Executes all that are prepared, once all are; else has each text prepared that is not. */
  private void goOn() {
    if (giving || preparing > 0 || executed) {
      return;
    }
    giving = true;
    Set<String> asked = new HashSet<>();
    for (Command command : commands) {
      if (command.needsPreparation() && asked.add(command.sql())) {
        preparing++;
        command.prepare();
      }
    }
    if (asked.isEmpty()) {
      executed = true;
      for (Command command : commands) {
        if (!command.isOver()) {
          command.execute();
        }
      }
    }
    giving = false;
  }

  private void endIfMay() {
    if (unanswered == 0 && !giving) {
      whole.complete(null);
      line.turns().over(turn);
    }
  }

  private final class Member implements Command.Owner {
    @Override
    public void prepared(Command command) {
      preparing--;
      goOn();
    }

    @Override
    public void over(Command command) {
      unanswered--;
      if (command.isPreparing()) {
        preparing--;
        goOn();
      }
      endIfMay();
    }
  }

  private final class All implements Turn {
    @Override
    public void begin() {
      line.closeEvicted();
      unanswered = commands.size();
      goOn();
      // Where the connection is gone, all have failed by now, in preparing or in executing.
      goOn();
      endIfMay();
    }

    @Override
    public void giveUp(boolean all) {
      if (all) {
        for (Command command : commands) {
          command.giveUp(true);
        }
      }
    }

    @Override
    public void refuse(AsyncException why) {
      for (Command command : commands) {
        command.refuse(why);
      }
      whole.complete(null);
    }
  }

  /** All values, in their order; fails as the first of them does, when all is over. */
  static <T extends @Nullable Object> CompletableFuture<List<T>> all(
      CompletableFuture<@Nullable Void> whole, List<CompletableFuture<T>> parts) {
    CompletableFuture<List<T>> result = new CompletableFuture<>();
    whole.whenComplete(
        (nothing, none) -> {
          List<T> values = new ArrayList<>(parts.size());
          try {
            for (CompletableFuture<T> part : parts) {
              values.add(part.join());
            }
          } catch (CompletionException e) {
            result.completeExceptionally(e.getCause() == null ? e : e.getCause());
            return;
          }
          result.complete(values);
        });
    return result;
  }
}
