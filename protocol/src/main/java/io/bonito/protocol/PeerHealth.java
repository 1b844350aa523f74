package io.bonito.protocol;

import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Whether one host has vanished: network or machine gone, so that no packet ever tells. It decides
 * from the silence of the connections to that host, for any transport.
 *
 * <pre>
 *   QUIET ──silence of 20 s──▶ probing ──silent──▶ once silent ──15 s──▶ probing ──silent──▶ CLOSE
 *     ▲                          │                                          │
 *     └──────────────────────────┴────────────── heard ─────────────────────┘
 * </pre>
 *
 * <p>A connection's <em>beat</em> is a number that is odd while an answer is awaited, and another
 * one after each sign of life. Whoever watches looks every {@link #LOOK_NANOS}, on the clock of
 * {@code System.nanoTime()}; one thread at a time.
 *
 * @param <C> a connection
 */
public final class PeerHealth<C> {
  /** What is to be done now. */
  public enum Verdict {
    NOTHING,
    /** A whole login, as {@link #longestSilent} has made one; then {@link #heard} or silent. */
    PROBE,
    /** The host is gone: see {@link #giveUp}. */
    CLOSE
  }

  public static final long LOOK_NANOS = 1_000_000_000L;
  static final long SILENCE_NANOS = 20 * LOOK_NANOS;
  static final long BETWEEN_PROBES_NANOS = 15 * LOOK_NANOS;
  private static final int SILENT_PROBES = 2;

  private final Map<C, Observed> connections = new HashMap<>();
  private @Nullable C longestSilent;
  private boolean probing;
  private int silentProbes;
  private long latestProbe;

  /** What the latest looks found: a beat, and since when it has been the same. */
  private static final class Observed {
    int beat;
    long sinceNanos;

    Observed(int beat, long sinceNanos) {
      this.beat = beat;
      this.sinceNanos = sinceNanos;
    }
  }

  public static boolean isWaiting(int beat) {
    return (beat & 1) != 0;
  }

  public void add(C connection, int beat, long now) {
    connections.put(connection, new Observed(beat, now));
  }

  public void remove(C connection) {
    connections.remove(connection);
  }

  /** True where no connection is left to watch. */
  public boolean isEmpty() {
    return connections.isEmpty();
  }

  /** Looks at all connections. */
  public Verdict look(long now, ToIntFunction<C> beats) {
    longestSilent = null;
    long silentSince = now;
    for (Map.Entry<C, Observed> entry : connections.entrySet()) {
      Observed observed = entry.getValue();
      int beat = beats.applyAsInt(entry.getKey());
      if (beat != observed.beat) {
        observed.beat = beat;
        observed.sinceNanos = now;
      } else if (isWaiting(beat) && observed.sinceNanos - silentSince < 0) {
        longestSilent = entry.getKey();
        silentSince = observed.sinceNanos;
      }
    }
    return judge(now, now - silentSince);
  }

  /**
   * @param silence of the call that has waited longest; 0 where none waits
   */
  private Verdict judge(long now, long silence) {
    if (probing) {
      return Verdict.NOTHING;
    }
    if (silence < SILENCE_NANOS) {
      // Nobody waits any more, or somebody has heard from the host.
      silentProbes = 0;
      return Verdict.NOTHING;
    }
    if (silentProbes >= SILENT_PROBES) {
      return Verdict.CLOSE;
    }
    if (silentProbes > 0 && now - latestProbe < BETWEEN_PROBES_NANOS) {
      return Verdict.NOTHING;
    }
    probing = true;
    latestProbe = now;
    return Verdict.PROBE;
  }

  /** Who has waited longest at the latest look; null where nobody has. */
  public @Nullable C longestSilent() {
    return longestSilent;
  }

  /**
   * Gives up those that have waited for too long, as the latest look found them; each is to be
   * closed, for the reason given. For the others all begins anew.
   */
  public Map<C, String> giveUp(long now) {
    Map<C, String> reasons = new HashMap<>();
    connections.forEach(
        (connection, observed) -> {
          long silence = now - observed.sinceNanos;
          if (isWaiting(observed.beat) && silence >= SILENCE_NANOS) {
            reasons.put(
                connection,
                "the server has sent nothing for "
                    + silence / LOOK_NANOS
                    + " s, and its host answered neither of two probes");
          }
        });
    heard(now);
    return reasons;
  }

  /** A sign of life: all calls may wait as long again. */
  public void heard(long now) {
    for (Observed observed : connections.values()) {
      observed.sinceNanos = now;
    }
    probing = false;
    silentProbes = 0;
  }

  /** A probe found no life. */
  public void silent() {
    probing = false;
    silentProbes++;
  }
}
