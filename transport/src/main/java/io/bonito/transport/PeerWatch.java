package io.bonito.transport;

import io.bonito.protocol.PeerHealth;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Ends the calls to servers that have vanished: network or host gone, so that no packet ever tells.
 *
 * <pre>
 *   call silent for 20 s ──▶ probe ──silent──▶ 15 s after its start: probe ──silent──▶ close the
 *                             │                                        │               host's
 *                             └───────────── any sign of life ─────────┴──▶ from anew  silent calls
 * </pre>
 *
 * <p>TCP's own keep-alive finds most of them, but it does not run while sent bytes are
 * unacknowledged. One probe serves all calls to a host. On loopback and Unix sockets nothing can
 * vanish, so they are not watched.
 */
final class PeerWatch {
  private static final Map<String, PeerWatch> HOSTS = new ConcurrentHashMap<>();

  private final String target;
  private final ReentrantLock lock = new ReentrantLock();
  private final PeerHealth<BlockingTransport> health = new PeerHealth<>();
  private final Future<?> looking;

  private PeerWatch(String target) {
    this.target = target;
    this.looking = Watch.every(PeerHealth.LOOK_NANOS, () -> look(System.nanoTime()));
  }

  static void register(BlockingTransport transport) {
    ConnectionOptions options = transport.options();
    if (transport.peer().isLocal() || !options.get(Options.PROBE_VANISHED_PEERS)) {
      return;
    }
    HOSTS.compute(
        options.target(),
        (target, known) -> {
          PeerWatch watch = known != null ? known : new PeerWatch(target);
          watch.locked(
              () -> watch.health.add(transport, transport.beat().count(), System.nanoTime()));
          return watch;
        });
  }

  static void unregister(BlockingTransport transport) {
    if (transport.peer().isLocal()) {
      return;
    }
    HOSTS.computeIfPresent(
        transport.options().target(), (target, watch) -> watch.isLastOne(transport) ? null : watch);
  }

  private boolean isLastOne(BlockingTransport transport) {
    lock.lock();
    try {
      health.remove(transport);
      if (health.isEmpty()) {
        looking.cancel(false);
      }
      return health.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private void look(long now) {
    PeerHealth.Verdict verdict;
    BlockingTransport silent;
    lock.lock();
    try {
      verdict = health.look(now, transport -> transport.beat().count());
      silent = health.longestSilent();
    } finally {
      lock.unlock();
    }
    switch (verdict) {
      case NOTHING -> {}
      case PROBE -> probe(silent);
      case CLOSE -> closeSilent(now);
    }
  }

  private void probe(@Nullable BlockingTransport silent) {
    if (silent == null) {
      heard();
      return;
    }
    PeerProbe probe = new PeerProbe(silent.options());
    Threads.daemon(
            "bonito-probe-" + target, () -> probe.run(this::heard, () -> locked(health::silent)))
        .start();
  }

  private void heard() {
    locked(() -> health.heard(System.nanoTime()));
  }

  private void closeSilent(long now) {
    Map<BlockingTransport, String> reasons;
    lock.lock();
    try {
      reasons = health.giveUp(now);
    } finally {
      lock.unlock();
    }
    reasons.forEach(BlockingTransport::shut);
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
