package io.bonito.netty;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Watches the deadlines of one connection on its loop, fairly.
 *
 * <pre>
 *   timer ──▶ time left? ──yes──▶ timer
 *              │no
 *              ▼
 *             look: read what is readable, one turn of the loop ──▶ time left now? ──yes──▶ timer
 *              ▲                                                     │no
 *              └───────── bytes came, and not looked too often ──────┤
 *                                                                    ▼
 *                                                                  time is up
 * </pre>
 *
 * <p>A loop that was busy for longer than a deadline finds its timers due before it finds what has
 * arrived meanwhile. The answer that waits in the socket must count, so nobody is late before the
 * socket has been read; and the time is always asked anew, never taken from the loop or a timer.
 */
final class LoopClock {
  static final long NEVER = Long.MAX_VALUE;

  /** Long enough for a turn of the loop to lie between: timers due at once may run before it. */
  static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  /** A server that sends a byte now and then does not put off its deadline for ever. */
  private static final int MOST_LOOKS = 50;

  /** When the time is up, as it stands at the moment. */
  interface Limits {
    /**
     * @return {@link #NEVER} where there is no limit; 0 or less where it has passed
     */
    long nanosLeft(long now);
  }

  private final EventLoop loop;
  private final Limits limits;
  private final Runnable look;
  private final Runnable timeUp;
  private @Nullable Future<?> timer;
  private long timerNanos;
  private int looks;
  private boolean heard;
  private boolean stopped;

  /**
   * @param look asks for what is readable
   * @param timeUp is run once, at the end
   */
  LoopClock(EventLoop loop, Limits limits, Runnable look, Runnable timeUp) {
    this.loop = loop;
    this.limits = limits;
    this.look = look;
    this.timeUp = timeUp;
  }

  /** Limits may have changed. Cheap where the timer need not be set anew: it may be early. */
  void arm() {
    if (stopped || looks > 0 || limits.nanosLeft(0) == NEVER) {
      return;
    }
    long now = System.nanoTime();
    long left = Math.max(0, limits.nanosLeft(now));
    Future<?> set = timer;
    if (set != null) {
      if (timerNanos - (now + left) <= 0) {
        return;
      }
      set.cancel(false);
    }
    start(now, left);
  }

  private void start(long now, long nanos) {
    timerNanos = now + nanos;
    timer = loop.schedule(this::judge, nanos, TimeUnit.NANOSECONDS);
  }

  /** Bytes have arrived. */
  void heard() {
    heard = true;
  }

  void stop() {
    stopped = true;
    Future<?> set = timer;
    if (set != null) {
      set.cancel(false);
    }
  }

  private void judge() {
    timer = null;
    if (stopped) {
      return;
    }
    long now = System.nanoTime();
    if (limits.nanosLeft(now) > 0) {
      looks = 0;
      arm();
      return;
    }
    if (looks == 0 || (heard && looks < MOST_LOOKS)) {
      looks++;
      heard = false;
      look.run();
      start(now, TURN_NANOS);
      return;
    }
    stopped = true;
    timeUp.run();
  }
}
