package io.bonito.async.pool;

import java.util.concurrent.Flow;

/** Takes one row and no more, and does not say so. */
final class Idle implements Flow.Subscriber<Integer> {
  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscription.request(1);
  }

  @Override
  public void onNext(Integer row) {}

  @Override
  public void onError(Throwable failure) {}

  @Override
  public void onComplete() {}
}
