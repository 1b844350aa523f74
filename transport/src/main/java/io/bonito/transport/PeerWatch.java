package io.bonito.transport;

import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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
  static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
  static final long BETWEEN_PROBES_NANOS = TimeUnit.SECONDS.toNanos(15);
  static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final Map<String, PeerWatch> HOSTS = new ConcurrentHashMap<>();

  private final String target;
  private final Map<BlockingTransport, Observed> connections = new ConcurrentHashMap<>();
  private final Future<?> ticking;
  private final PeerHealth health = new PeerHealth();

  /** What the latest looks found: a beat, and since when it has been the same. */
  private static final class Observed {
    int beat;
    long sinceNanos;

    Observed(int beat, long sinceNanos) {
      this.beat = beat;
      this.sinceNanos = sinceNanos;
    }
  }

  private PeerWatch(String target) {
    this.target = target;
    this.ticking = Watch.every(TICK_NANOS, () -> tick(System.nanoTime()));
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
          watch.connections.put(
              transport, new Observed(transport.beat().count(), System.nanoTime()));
          return watch;
        });
  }

  static void unregister(BlockingTransport transport) {
    if (transport.peer().isLocal()) {
      return;
    }
    HOSTS.computeIfPresent(
        transport.options().target(),
        (target, watch) -> {
          watch.connections.remove(transport);
          if (!watch.connections.isEmpty()) {
            return watch;
          }
          watch.ticking.cancel(false);
          return null;
        });
  }

  private void tick(long now) {
    @Nullable BlockingTransport silent = null;
    long silentSince = now;
    for (Map.Entry<BlockingTransport, Observed> entry : connections.entrySet()) {
      Observed observed = entry.getValue();
      int beat = entry.getKey().beat().count();
      if (beat != observed.beat) {
        observed.beat = beat;
        observed.sinceNanos = now;
      } else if (Beat.isWaiting(beat) && observed.sinceNanos - silentSince < 0) {
        silent = entry.getKey();
        silentSince = observed.sinceNanos;
      }
    }
    switch (health.judge(now, silent == null ? 0 : now - silentSince)) {
      case NOTHING -> {}
      case PROBE -> probe(silent);
      case CLOSE -> closeSilent(now);
    }
  }

  private void probe(@Nullable BlockingTransport silent) {
    if (silent == null) {
      health.heard();
      return;
    }
    PeerProbe probe = new PeerProbe(silent.options());
    Threads.daemon("bonito-probe-" + target, () -> probe.run(this::heard, health::silent)).start();
  }

  /** From anew for all calls: they may wait as long again. */
  private void heard() {
    long now = System.nanoTime();
    for (Observed observed : connections.values()) {
      observed.sinceNanos = now;
    }
    health.heard();
  }

  private void closeSilent(long now) {
    for (Map.Entry<BlockingTransport, Observed> entry : connections.entrySet()) {
      Observed observed = entry.getValue();
      long silence = now - observed.sinceNanos;
      if (Beat.isWaiting(observed.beat) && silence >= SILENCE_NANOS) {
        entry
            .getKey()
            .abort(
                "the server has sent nothing for "
                    + TimeUnit.NANOSECONDS.toSeconds(silence)
                    + " s, and its host answered neither of two probes");
      }
    }
    health.heard();
  }
}
