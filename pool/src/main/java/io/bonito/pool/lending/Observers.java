package io.bonito.pool.lending;

import io.bonito.pool.lending.LendingException.Reason;
import org.jspecify.annotations.Nullable;

/** Two of them; each is given what it returned itself. */
record Observers(PoolObserver one, PoolObserver other) implements PoolObserver {
  private record Begun(@Nullable Object one, @Nullable Object other) {}

  @Override
  public Object waitBegins() {
    return new Begun(one.waitBegins(), other.waitBegins());
  }

  @Override
  public void waited(@Nullable Object begun, String pool, long nanos, @Nullable Reason refusal) {
    one.waited(first(begun), pool, nanos, refusal);
    other.waited(second(begun), pool, nanos, refusal);
  }

  @Override
  public Object openingBegins() {
    return new Begun(one.openingBegins(), other.openingBegins());
  }

  @Override
  public void opened(@Nullable Object begun, String pool, long nanos, @Nullable Throwable failure) {
    one.opened(first(begun), pool, nanos, failure);
    other.opened(second(begun), pool, nanos, failure);
  }

  @Override
  public Object closingBegins() {
    return new Begun(one.closingBegins(), other.closingBegins());
  }

  @Override
  public void closed(@Nullable Object begun, String pool, CloseReason reason, long ageNanos) {
    one.closed(first(begun), pool, reason, ageNanos);
    other.closed(second(begun), pool, reason, ageNanos);
  }

  @Override
  public void exhausted(Exhaustion exhaustion) {
    one.exhausted(exhaustion);
    other.exhausted(exhaustion);
  }

  @Override
  public void leaked(String pool, Holder holder) {
    one.leaked(pool, holder);
    other.leaked(pool, holder);
  }

  @Override
  public void poolClosed(String pool) {
    one.poolClosed(pool);
    other.poolClosed(pool);
  }

  private static @Nullable Object first(@Nullable Object begun) {
    return begun instanceof Begun both ? both.one : null;
  }

  private static @Nullable Object second(@Nullable Object begun) {
    return begun instanceof Begun both ? both.other : null;
  }
}
