package io.bonito.netty;

import io.bonito.protocol.PeerHealth;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Ends the calls to servers that have vanished, by the rules of {@link PeerHealth}.
 *
 * <p>TCP's own keep-alive finds most of them, but it does not run while sent bytes are
 * unacknowledged. One probe serves all calls to a host. On loopback and Unix sockets nothing can
 * vanish, so they are not watched.
 */
final class PeerWatch {
  private static final Map<String, PeerWatch> HOSTS = new ConcurrentHashMap<>();

  private final ReentrantLock lock = new ReentrantLock();
  private final PeerHealth<SessionPump> health = new PeerHealth<>();
  private @Nullable Future<?> looking;

  /** Of connections that are logged in; on their loop. */
  static void register(SessionPump pump) {
    ConnectionOptions options = pump.options();
    if (pump.peer().isLocal() || !options.get(Options.PROBE_VANISHED_PEERS)) {
      return;
    }
    HOSTS.compute(
        options.target(),
        (target, known) -> {
          PeerWatch watch = known != null ? known : begun();
          watch.add(pump);
          return watch;
        });
  }

  static void unregister(SessionPump pump) {
    if (!pump.peer().isLocal()) {
      HOSTS.computeIfPresent(
          pump.options().target(), (target, watch) -> watch.isLastOne(pump) ? null : watch);
    }
  }

  private static PeerWatch begun() {
    PeerWatch watch = new PeerWatch();
    watch.looking = Watch.every(PeerHealth.LOOK_NANOS, () -> watch.look(System.nanoTime()));
    return watch;
  }

  void add(SessionPump pump) {
    locked(() -> health.add(pump, pump.beat(), System.nanoTime()));
  }

  private boolean isLastOne(SessionPump pump) {
    lock.lock();
    try {
      health.remove(pump);
      if (!health.isEmpty()) {
        return false;
      }
    } finally {
      lock.unlock();
    }
    Future<?> ended = looking;
    if (ended != null) {
      ended.cancel(false);
    }
    return true;
  }

  /**
   * @return completes when what it has led to is done: a probe, if any
   */
  CompletableFuture<?> look(long now) {
    PeerHealth.Verdict verdict;
    SessionPump silent;
    lock.lock();
    try {
      verdict = health.look(now, SessionPump::beat);
      silent = health.longestSilent();
    } finally {
      lock.unlock();
    }
    switch (verdict) {
      case NOTHING -> {}
      case PROBE -> {
        return probe(silent);
      }
      case CLOSE -> giveUp(now);
    }
    return CompletableFuture.completedFuture(null);
  }

  private CompletableFuture<?> probe(@Nullable SessionPump silent) {
    if (silent == null) {
      heard();
      return CompletableFuture.completedFuture(null);
    }
    return new PeerProbe(silent.connector(), silent.options(), silent.loop())
        .begin()
        .thenAccept(
            alive -> {
              if (alive) {
                heard();
              } else {
                locked(health::silent);
              }
            });
  }

  private void heard() {
    locked(() -> health.heard(System.nanoTime()));
  }

  private void giveUp(long now) {
    Map<SessionPump, String> reasons;
    lock.lock();
    try {
      reasons = health.giveUp(now);
    } finally {
      lock.unlock();
    }
    reasons.forEach(PeerWatch::giveUp);
  }

  /** Unless it was the loop that stood still: what has arrived meanwhile is read first. */
  private static void giveUp(SessionPump pump, String because) {
    int silent = pump.beat();
    pump.onLoop(
        () -> {
          pump.look();
          pump.loop()
              .schedule(
                  () -> {
                    if (pump.isOpen() && pump.beat() == silent) {
                      pump.abort(because);
                    }
                  },
                  LoopClock.TURN_NANOS,
                  TimeUnit.NANOSECONDS);
        });
  }

  private void locked(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }
}
