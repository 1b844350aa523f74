package io.bonito.pool.echo;

import io.bonito.pool.lending.Holder;
import io.bonito.pool.lending.PoolListener;
import org.jspecify.annotations.Nullable;

/** Tells each event of SQLAlchemy's, and passes it on. */
final class EchoedLoans<T> implements PoolListener<T> {
  private static final class Nobody<T> implements PoolListener<T> {}

  private final String pool;
  private final PoolListener<T> to;

  EchoedLoans(String pool, @Nullable PoolListener<T> to) {
    this.pool = pool;
    this.to = to == null ? new Nobody<>() : to;
  }

  private void say(String text, @Nullable Object thing) {
    Echo.say(pool, text + " " + (thing == null ? "one that is gone" : thing.toString()));
  }

  @Override
  public void firstConnect(T thing) throws Exception {
    to.firstConnect(thing);
  }

  @Override
  public void connect(T thing) throws Exception {
    say("connected", thing);
    to.connect(thing);
  }

  @Override
  public void checkout(T thing) throws Exception {
    say("lent to " + Thread.currentThread().getName(), thing);
    to.checkout(thing);
  }

  @Override
  public void reset(T thing) {
    say("reset", thing);
    to.reset(thing);
  }

  @Override
  public void checkin(@Nullable T thing) {
    say("returned by " + Thread.currentThread().getName(), thing);
    to.checkin(thing);
  }

  @Override
  public void invalidate(T thing, @Nullable Throwable reason) {
    say("invalidated (" + reason + ")", thing);
    to.invalidate(thing, reason);
  }

  @Override
  public void softInvalidate(T thing, @Nullable Throwable reason) {
    say("invalidated when it comes back (" + reason + ")", thing);
    to.softInvalidate(thing, reason);
  }

  @Override
  public void close(T thing) {
    to.close(thing);
  }

  @Override
  public void detach(T thing) {
    say("detached", thing);
    to.detach(thing);
  }

  @Override
  public void closeDetached(T thing) {
    say("closed detached", thing);
    to.closeDetached(thing);
  }

  @Override
  public void leak(Holder holder) {
    to.leak(holder);
  }
}
