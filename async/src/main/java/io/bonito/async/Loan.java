package io.bonito.async;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A connection in the hands of a borrower; for pools, which make one by {@link
 * AsyncConnection#lend}.
 *
 * <pre>
 *   lent ──close──▶ answering ──▶ lender: ended ──▶ over
 *        ──giveUp─▶ (what is given is cancelled)
 * </pre>
 *
 * <p>The borrower has a handle of its own, with a queue of its own for statements. What it, or
 * anything made with it, asks for after the end is refused; so it can never touch what the next
 * borrower does.
 */
public final class Loan {
  /** Who lends; called on the connection's loop, and where that is shut down by any thread. */
  public interface Lender {
    /**
     * Nothing that the borrower gave is under way any more, and it can give nothing.
     *
     * @return completes when the connection is in order, or is closed
     */
    CompletionStage<@Nullable Void> ended();

    /** The server has refused a statement of the borrower's. */
    default void refused(AsyncException error) {}
  }

  private final Line line;
  private final Lender lender;
  private final AsyncConnection connection;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicBoolean lenderTold = new AtomicBoolean();
  private final CompletableFuture<@Nullable Void> over = new CompletableFuture<>();

  Loan(Line ofConnection, Lender lender) {
    this.lender = lender;
    line = new Line(ofConnection, lender::refused);
    connection = new AsyncConnection(line, this);
  }

  /** The borrower's handle; {@link AsyncConnection#close} there is {@link #close} here. */
  public AsyncConnection connection() {
    return connection;
  }

  /**
   * Takes no more statements. Those given are answered first, but rows that are taken at the
   * borrower's pace and have not all been taken are given up.
   *
   * @return completes when the lender has the connection back; never fails
   */
  public CompletionStage<@Nullable Void> close() {
    return end(/* all= */ false);
  }

  /** The same, and all statements given are cancelled. */
  public CompletionStage<@Nullable Void> giveUp() {
    return end(/* all= */ true);
  }

  private CompletionStage<@Nullable Void> end(boolean all) {
    ended.set(true);
    if (!line.onLoop(() -> line.turns().end(all, this::tellLender))) {
      tellLender();
    }
    return over.minimalCompletionStage();
  }

  private void tellLender() {
    if (lenderTold.compareAndSet(false, true)) {
      try {
        lender.ended().whenComplete((nothing, failure) -> over.complete(null));
      } catch (RuntimeException | Error e) {
        // Nobody can say what state it is in.
        line.connection().abort();
        over.complete(null);
        throw e;
      }
    }
  }

  /** Completes when the lender has the connection back. */
  CompletionStage<@Nullable Void> over() {
    return over.minimalCompletionStage();
  }

  /** Whether the borrower may still use it. */
  public boolean isLent() {
    return !ended.get();
  }

  /** Whether a statement is under way or waits for its turn; as seen from another thread. */
  public boolean isExecuting() {
    return !line.turns().isIdle();
  }

  /** What the borrower had executed last; null for nothing yet. As seen from another thread. */
  public @Nullable String latestSql() {
    return line.latestSql();
  }
}
