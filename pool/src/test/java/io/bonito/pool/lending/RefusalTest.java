package io.bonito.pool.lending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is told that nothing can be opened. */
@Timeout(120)
class RefusalTest {
  /** The first attempt fails for good, as with a wrong password; the next one does not. */
  private static final class Source implements io.bonito.pool.lending.Source<Object> {
    final AtomicInteger attempts = new AtomicInteger();

    @Override
    public Object open() {
      if (attempts.incrementAndGet() == 1) {
        throw new IllegalStateException("wrong password");
      }
      return new Object();
    }

    @Override
    public boolean check(Object thing, long nanos) {
      return true;
    }

    @Override
    public long close(Object thing) {
      return 0;
    }

    @Override
    public OpenFailure judge(Throwable failure) {
      return OpenFailure.PERMANENT;
    }
  }

  /** Who wakes the first borrower goes on only when that one has asked for the second time. */
  private static final class SlowWaker implements World {
    final CountDownLatch askedAgain = new CountDownLatch(1);
    final AtomicBoolean refused = new AtomicBoolean();
    private final AtomicBoolean woke = new AtomicBoolean();
    private final World world = SystemWorld.INSTANCE;

    @Override
    public void unpark(Thread thread) {
      world.unpark(thread);
      if (woke.compareAndSet(false, true)) {
        try {
          assertThat(askedAgain.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }

    @Override
    public void park(Object blocker, long nanos) {
      if (refused.get()) {
        askedAgain.countDown();
      }
      world.park(blocker, nanos);
    }

    @Override
    public long nanoTime() {
      return world.nanoTime();
    }

    @Override
    public void run(Runnable task) {
      world.run(task);
    }

    @Override
    public void wake(Ticking pool, long atNanos) {
      world.wake(pool, atNanos);
    }

    @Override
    public void forget(Ticking pool) {
      world.forget(pool);
    }

    @Override
    public double chance() {
      return 0;
    }
  }

  @Test
  void whoAsksAgainIsNotToldOfTheAttemptBefore() throws Exception {
    SlowWaker world = new SlowWaker();
    Source source = new Source();
    SlotPool<Object> pool =
        new SlotPool<>(
            Settings.named("rotated").limit(1).build(),
            source,
            SlotPool.nobody(),
            world,
            new Budget(Settings.UNLIMITED));
    CompletableFuture<Slot<Object>> second = new CompletableFuture<>();
    Thread borrower =
        new Thread(
            () -> {
              try {
                assertThatThrownBy(() -> pool.borrow(Settings.NEVER))
                    .isInstanceOf(LendingException.class)
                    .hasMessageContaining("wrong password");
                world.refused.set(true);
                second.complete(pool.borrow(Settings.NEVER));
              } catch (Throwable e) {
                world.askedAgain.countDown();
                second.completeExceptionally(e);
              }
            });
    borrower.start();
    assertThat(second.get(1, TimeUnit.MINUTES).thing()).isNotNull();
    assertThat(source.attempts).hasValue(2);
    pool.close();
  }
}
