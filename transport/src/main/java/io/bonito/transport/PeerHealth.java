package io.bonito.transport;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Decides about one host; knows no clock, thread or connection.
 *
 * <pre>
 *   QUIET ──silence of 20 s──▶ probing ──silent──▶ once silent ──15 s──▶ probing ──silent──▶ CLOSE
 *     ▲                          │                                          │
 *     └──────────────────────────┴────────────── heard ─────────────────────┘
 * </pre>
 */
final class PeerHealth {
  enum Verdict {
    NOTHING,
    PROBE,
    CLOSE
  }

  private static final int SILENT_PROBES = 2;

  private final ReentrantLock lock = new ReentrantLock();
  private boolean probing;
  private int silentProbes;
  private long latestProbe;

  /**
   * @param silence of the call that has waited longest, in nanoseconds; 0 where none waits
   */
  Verdict judge(long now, long silence) {
    lock.lock();
    try {
      if (probing) {
        return Verdict.NOTHING;
      }
      if (silence < PeerWatch.SILENCE_NANOS) {
        // Nobody waits any more, or somebody has heard from the host.
        silentProbes = 0;
        return Verdict.NOTHING;
      }
      if (silentProbes >= SILENT_PROBES) {
        return Verdict.CLOSE;
      }
      if (silentProbes > 0 && now - latestProbe < PeerWatch.BETWEEN_PROBES_NANOS) {
        return Verdict.NOTHING;
      }
      probing = true;
      latestProbe = now;
      return Verdict.PROBE;
    } finally {
      lock.unlock();
    }
  }

  /** A probe found life, or there is nothing to close any more. */
  void heard() {
    lock.lock();
    try {
      probing = false;
      silentProbes = 0;
    } finally {
      lock.unlock();
    }
  }

  /** A probe found no life. */
  void silent() {
    lock.lock();
    try {
      probing = false;
      silentProbes++;
    } finally {
      lock.unlock();
    }
  }
}
