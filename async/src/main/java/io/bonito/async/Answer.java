package io.bonito.async;

import io.bonito.protocol.row.Columns;
import io.bonito.protocol.row.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A statement's answer as a future. Whoever completes it from outside has no use for the statement:
 * it is cancelled.
 */
abstract class Answer<T extends @Nullable Object> extends CompletableFuture<T> implements Receiver {
  private volatile @Nullable Execution execution;

  final void execution(Execution begun) {
    execution = begun;
    if (isCancelled()) {
      begun.cancel();
    }
  }

  final void give(T value) {
    super.complete(value);
  }

  final void giveUp() {
    Execution begun = execution;
    if (begun != null) {
      begun.cancel();
    }
  }

  @Override
  public final void failed(RuntimeException failure) {
    super.completeExceptionally(failure);
  }

  // ---- from outside

  @Override
  public final boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    if (cancelled) {
      giveUp();
    }
    return cancelled;
  }

  @Override
  public final boolean complete(T value) {
    boolean completed = super.complete(value);
    if (completed) {
      giveUp();
    }
    return completed;
  }

  @Override
  public final boolean completeExceptionally(Throwable failure) {
    boolean completed = super.completeExceptionally(failure);
    if (completed) {
      giveUp();
    }
    return completed;
  }

  /** What the last result came to. */
  static final class Run extends Answer<Outcome> {
    private Outcome last = Outcome.NONE;

    @Override
    public void resultEnd(Outcome outcome) {
      last = outcome;
    }

    @Override
    public void completed() {
      give(last);
    }
  }

  /** The rows of the first result that has any columns. */
  abstract static class FirstRows<T extends @Nullable Object> extends Answer<T> {
    private boolean seen;
    private boolean passing;

    @Override
    public final void columns(Columns columns) {
      passing = seen;
      seen = true;
    }

    @Override
    public final void row(Row row) {
      if (!passing) {
        take(row);
      }
    }

    abstract void take(Row row);
  }

  /** All rows. */
  static final class Rows<T extends @Nullable Object> extends FirstRows<List<T>> {
    private final RowMapper<T> mapper;
    private final long mostBytes;
    private final List<T> rows = new ArrayList<>();
    private long bytes;

    Rows(RowMapper<T> mapper, long mostBytes) {
      this.mapper = mapper;
      this.mostBytes = mostBytes;
    }

    @Override
    void take(Row row) {
      bytes += row.size();
      if (bytes > mostBytes) {
        throw AsyncException.tooLarge(mostBytes);
      }
      rows.add(mapper.map(row));
    }

    @Override
    public void completed() {
      give(Collections.unmodifiableList(rows));
    }
  }

  /** The first row. */
  static final class First<T> extends FirstRows<Optional<T>> {
    private final RowMapper<? extends @Nullable T> mapper;

    First(RowMapper<? extends @Nullable T> mapper) {
      this.mapper = mapper;
    }

    @Override
    void take(Row row) {
      Optional<T> first = Optional.ofNullable(mapper.map(row));
      giveUp();
      give(first);
    }

    @Override
    public void completed() {
      give(Optional.empty());
    }
  }
}
