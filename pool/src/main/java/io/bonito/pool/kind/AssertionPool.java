package io.bonito.pool.kind;

import io.bonito.pool.lending.LendingException;
import io.bonito.pool.lending.Request;
import io.bonito.pool.lending.Slot;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Lends one at a time and tells who asks for a second where the first was borrowed. */
public final class AssertionPool<T> extends Pool<T> {
  private final AtomicReference<@Nullable Throwable> lent = new AtomicReference<>();
  private final boolean traceback;

  AssertionPool(Parts<T> parts) {
    super(parts);
    traceback = parts.settings().traceback();
  }

  /** Who has it, where the stack is not to be remembered. */
  private static final class Unremembered extends Throwable {
    private static final long serialVersionUID = 1;

    Unremembered(Thread thread) {
      super(
          "borrowed by " + thread.getName(),
          null,
          /* enableSuppression= */ false,
          /* writableStackTrace= */ false);
    }
  }

  private Throwable mark() {
    Thread thread = Thread.currentThread();
    return traceback
        ? new Throwable("borrowed here by " + thread.getName())
        : new Unremembered(thread);
  }

  private LendingException refusal(Throwable before) {
    return new LendingException(
        LendingException.Reason.ALREADY_LENT,
        settings().name() + ": connection is already checked out, " + before.getMessage(),
        before,
        null);
  }

  @Override
  public Slot<T> borrow(long timeoutNanos) throws LendingException {
    Throwable mark = mark();
    Throwable before = lent.compareAndExchange(null, mark);
    if (before != null) {
      throw refusal(before);
    }
    try {
      return engine.borrow(timeoutNanos);
    } catch (LendingException | RuntimeException | Error e) {
      lent.compareAndSet(mark, null);
      throw e;
    }
  }

  @Override
  public Request<T> ask(long timeoutNanos, Request.Taker<T> taker) {
    Throwable mark = mark();
    Throwable before = lent.compareAndExchange(null, mark);
    if (before != null) {
      return Request.refused(engine, taker, refusal(before));
    }
    return engine.ask(timeoutNanos, new Marked(taker, mark));
  }

  /** Takes the mark away where nothing comes of it. */
  private final class Marked implements Request.Taker<T> {
    private final Request.Taker<T> taker;
    private final Throwable mark;

    Marked(Request.Taker<T> taker, Throwable mark) {
      this.taker = taker;
      this.mark = mark;
    }

    @Override
    public void lent(Slot<T> slot, long ticket) {
      taker.lent(slot, ticket);
    }

    @Override
    public void refused(LendingException why) {
      lent.compareAndSet(mark, null);
      taker.refused(why);
    }

    @Override
    public void cancelled() {
      lent.compareAndSet(mark, null);
      taker.cancelled();
    }
  }

  /** The place is free before the thing is: who borrows next waits for it, and is not refused. */
  private void free(Slot<T> slot, long ticket) {
    if (slot.isLentOn(ticket)) {
      lent.set(null);
    }
  }

  @Override
  public boolean giveBack(Slot<T> slot, long ticket) {
    free(slot, ticket);
    return engine.giveBack(slot, ticket);
  }

  @Override
  public boolean invalidate(Slot<T> slot, long ticket, @Nullable Throwable reason) {
    free(slot, ticket);
    return engine.invalidate(slot, ticket, reason);
  }

  @Override
  public @Nullable T detach(Slot<T> slot, long ticket) {
    free(slot, ticket);
    return engine.detach(slot, ticket);
  }

  @Override
  public AssertionPool<T> recreate() {
    return new AssertionPool<>(parts());
  }

  @Override
  public String statusLine() {
    return "AssertionPool";
  }
}
