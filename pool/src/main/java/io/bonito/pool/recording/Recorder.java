package io.bonito.pool.recording;

import io.bonito.pool.lending.CloseReason;
import io.bonito.pool.lending.Exhaustion;
import io.bonito.pool.lending.Holder;
import io.bonito.pool.lending.LendingException.Reason;
import io.bonito.pool.lending.PoolObserver;
import jdk.jfr.Event;
import org.jspecify.annotations.Nullable;

/**
 * Writes what it sees to the Flight Recorder. While nobody records, an event is an empty object
 * that the JVM knows to drop.
 */
final class Recorder implements PoolObserver {
  private Recorder() {}

  /**
   * @throws NoClassDefFoundError where the JVM has no Flight Recorder
   */
  static PoolObserver ifThere() {
    return Event.class.getModule().isNamed() ? new Recorder() : NONE;
  }

  @Override
  public @Nullable Object waitBegins() {
    return begun(new PoolEvents.BorrowWait());
  }

  @Override
  public void waited(@Nullable Object begun, String pool, long nanos, @Nullable Reason refusal) {
    if (begun instanceof PoolEvents.BorrowWait event) {
      event.end();
      if (event.shouldCommit()) {
        event.pool = pool;
        event.refusal = refusal == null ? null : refusal.name();
        event.commit();
      }
    }
  }

  @Override
  public @Nullable Object openingBegins() {
    return begun(new PoolEvents.Open());
  }

  @Override
  public void opened(@Nullable Object begun, String pool, long nanos, @Nullable Throwable failure) {
    if (begun instanceof PoolEvents.Open event) {
      event.end();
      if (event.shouldCommit()) {
        event.pool = pool;
        event.failure = failure == null ? null : failure.toString();
        event.commit();
      }
    }
  }

  @Override
  public @Nullable Object closingBegins() {
    return begun(new PoolEvents.Close());
  }

  @Override
  public void closed(@Nullable Object begun, String pool, CloseReason reason, long ageNanos) {
    PoolEvents.Close event =
        begun instanceof PoolEvents.Close timed ? timed : new PoolEvents.Close();
    event.end();
    if (event.shouldCommit()) {
      event.pool = pool;
      event.reason = reason.name();
      event.age = ageNanos;
      event.commit();
    }
  }

  @Override
  public void exhausted(Exhaustion exhaustion) {
    PoolEvents.Exhausted event = new PoolEvents.Exhausted();
    if (event.shouldCommit()) {
      event.pool = exhaustion.pool();
      event.cause = exhaustion.cause().name();
      event.waited = exhaustion.waitedNanos();
      event.limit = exhaustion.status().limit();
      event.used = exhaustion.status().used();
      event.opening = exhaustion.status().opening();
      event.waiting = exhaustion.status().waiting();
      event.report = exhaustion.describe();
      event.commit();
    }
  }

  @Override
  public void leaked(String pool, Holder holder) {
    PoolEvents.Leak event = new PoolEvents.Leak();
    if (event.shouldCommit()) {
      event.pool = pool;
      event.holder = holder.thread();
      event.held = holder.heldNanos();
      event.executing = holder.executing();
      event.report = holder.describe();
      event.commit();
    }
  }

  /** Null while nobody records such events. */
  private static @Nullable Event begun(Event event) {
    if (!event.isEnabled()) {
      return null;
    }
    event.begin();
    return event;
  }
}
