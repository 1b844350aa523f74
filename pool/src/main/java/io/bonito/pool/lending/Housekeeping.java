package io.bonito.pool.lending;

import static io.bonito.pool.lending.Slot.CHECK;
import static io.bonito.pool.lending.Slot.CLOSING;
import static io.bonito.pool.lending.Slot.DOOMED;
import static io.bonito.pool.lending.Slot.IDLE;
import static io.bonito.pool.lending.Slot.STALE;
import static io.bonito.pool.lending.Slot.USED;
import static io.bonito.pool.lending.Slot.in;
import static io.bonito.pool.lending.Slot.state;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What time does to things that rest or are lent. Borrowers read no clock; this looks at the slots'
 * words from time to time and so knows since when each has not changed, to {@link #STEP} at worst.
 *
 * <p>While nothing is lent and all that rest have been found stale, it looks only when the next of
 * them is to be closed or checked.
 */
final class Housekeeping<T> {
  static final long STEP = MILLISECONDS.toNanos(250);

  /** By so much at most one is replaced ahead of its end; of a short life by a part. */
  private static final long AHEAD = SECONDS.toNanos(2);

  private final SlotPool<T> pool;
  private volatile boolean lookingSoon;

  Housekeeping(SlotPool<T> pool) {
    this.pool = pool;
  }

  /** Something is about to rest or to be used: look at it within a step. */
  void lookSoon() {
    if (!lookingSoon) {
      lookingSoon = true;
      pool.world.wake(pool, pool.world.nanoTime() + STEP);
    }
  }

  void tick() {
    lookingSoon = false;
    long now = pool.world.nanoTime();
    if (pool.isClosed()) {
      wake(pool.hanging.endGoodbyes(now), now);
      return;
    }
    Settings settings = pool.settings;
    long next = pool.line.tellLate(now);
    int resting = 0;
    int used = 0;
    for (Slot<T> slot : pool.slots) {
      int state = state(slot.word());
      if (state == IDLE || state == STALE) {
        resting++;
      }
    }
    boolean moving = false;
    for (Slot<T> slot : pool.slots) {
      long word = slot.word();
      if (word != slot.seenWord) {
        slot.seenWord = word;
        slot.seenAt = now;
        slot.leakTold = false;
      }
      if (isToBeReplaced(slot, word, now, resting)) {
        slot.replaced = pool.openings.openAhead();
      }
      switch (state(word)) {
        case USED -> {
          moving = true;
          used++;
          next = Math.min(next, lookAtLent(slot, word, now));
        }
        case IDLE, STALE -> {
          long rested = now - slot.seenAt;
          CloseReason reason = whyClose(slot, rested, resting);
          if (reason != null) {
            if (slot.change(word, in(CHECK, word))) {
              resting--;
              slot.leaving = reason;
              pool.openings.retire(slot);
            }
          } else if (state(word) == IDLE && rested >= stale()) {
            if (slot.change(word, in(STALE, word))) {
              // It has not moved, whatever its word says now.
              slot.seenWord = in(STALE, word);
              slot.owner = null;
            }
            next = Math.min(next, closingTime(slot, now));
          } else if (settings.keepAliveNanos() > 0 && rested >= settings.keepAliveNanos()) {
            keepAlive(slot, word);
          } else {
            moving |= state(word) == IDLE;
            next = Math.min(next, closingTime(slot, now));
          }
        }
        case CLOSING -> next = Math.min(next, pool.hanging.endGoodbye(slot, now));
        default -> {}
      }
    }
    pool.tally.looked(now, used);
    pool.traceNoMore(now, pool.isCareful());
    pool.openings.demand();
    if (moving) {
      lookSoon();
    }
    wake(next, now);
  }

  private void wake(long next, long now) {
    if (next != Settings.NEVER) {
      pool.world.wake(pool, Math.max(next, now + 1));
    }
  }

  private long ahead() {
    return Math.min(AHEAD, pool.settings.lifetimeNanos() / 4);
  }

  /**
   * Whether one is about to grow too old that would be missed: it is in use, or was a moment ago,
   * or the minimum of idle ones needs it.
   */
  private boolean isToBeReplaced(Slot<T> slot, long word, long now, int resting) {
    Settings settings = pool.settings;
    if (slot.replaced || settings.lifetimeNanos() == 0 || now - (slot.expiresAt - ahead()) < 0) {
      return false;
    }
    return switch (state(word)) {
      case USED, IDLE -> true;
      case STALE -> resting <= settings.minimumIdle();
      default -> false;
    };
  }

  private long stale() {
    long checkAfter = pool.settings.checkAfterNanos();
    return checkAfter == Settings.NEVER ? SECONDS.toNanos(30) : Math.max(0, checkAfter - STEP);
  }

  private @Nullable CloseReason whyClose(Slot<T> slot, long rested, int resting) {
    Settings settings = pool.settings;
    CloseReason past = CloseReason.past(pool, slot);
    if (past != null) {
      return past;
    }
    if (rested >= slot.mayRest) {
      return CloseReason.RESTED;
    }
    if (pool.openings.total() > settings.keep() && rested >= settings.lingerNanos()) {
      return CloseReason.SURPLUS;
    }
    boolean tooLong = settings.idleNanos() > 0 && rested >= settings.idleNanos();
    return tooLong && resting > settings.minimumIdle() ? CloseReason.IDLE : null;
  }

  private long closingTime(Slot<T> slot, long now) {
    Settings settings = pool.settings;
    long ahead = ahead();
    long at = slot.expiresAt;
    if (settings.minimumIdle() > 0 && now - (at - ahead) < 0) {
      at -= ahead; // then it is replaced, if there is room
    }
    if (slot.mayRest != Settings.NEVER) {
      at = Math.min(at, slot.seenAt + slot.mayRest);
    }
    if (settings.idleNanos() > 0) {
      at = Math.min(at, slot.seenAt + settings.idleNanos());
    }
    if (pool.openings.total() > settings.keep()) {
      at = Math.min(at, slot.seenAt + settings.lingerNanos());
    }
    if (settings.keepAliveNanos() > 0) {
      at = Math.min(at, slot.seenAt + settings.keepAliveNanos());
    }
    return at;
  }

  /** A lent one is never closed; one that is too old is marked, and closed when it comes back. */
  private long lookAtLent(Slot<T> slot, long word, long now) {
    if (now - slot.expiresAt >= 0) {
      if (!Slot.isDoomed(word) && slot.change(word, word | DOOMED)) {
        slot.seenWord = word | DOOMED;
      }
      return Settings.NEVER;
    }
    long leak = pool.settings.leakNanos();
    if (leak > 0 && !slot.leakTold && now - slot.seenAt >= leak) {
      slot.leakTold = true;
      pool.tally.leaked(Report.holder(pool, slot, now, Set.of()));
    }
    return slot.expiresAt;
  }

  private void keepAlive(Slot<T> slot, long word) {
    if (!slot.change(word, in(CHECK, word))) {
      return;
    }
    pool.world.run(
        () -> {
          if (pool.source.check(slot.thing(), Settings.NEVER)) {
            slot.unchecked = false;
            pool.offer(slot);
          } else {
            slot.leaving = CloseReason.CHECK_FAILED;
            pool.openings.retire(slot);
          }
        });
  }
}
