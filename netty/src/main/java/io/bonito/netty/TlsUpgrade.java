package io.bonito.netty;

import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.message.ServerVersion;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Peer;
import io.bonito.protocol.tls.TlsContexts;
import io.bonito.protocol.tls.TlsStage;
import io.netty.channel.EventLoop;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The switch of one connection to TLS.
 *
 * <pre>
 *   PREPARING ──stage──▶ SHAKING ──▶ established
 *   (off the loop)        │  ▲
 *                         ▼  │
 *                        TASK (off the loop)
 * </pre>
 *
 * <p>Keys are read and certificates checked off the loop; all else happens on it. While a task runs
 * nothing touches the stage.
 */
final class TlsUpgrade {
  /** Who began it; told on the loop, while there is one. */
  interface Owner {
    void established(TlsStage stage);

    void failed(ConnectionException failure);

    void loopIsGone();
  }

  private enum Phase {
    PREPARING,
    SHAKING,
    TASK,
    OVER
  }

  private final ConnectionOptions options;
  private final ChannelBytes bytes;
  private final EventLoop loop;
  private final Executor offLoop;
  private final Owner owner;
  private Phase phase = Phase.PREPARING;
  private @Nullable TlsStage stage;

  TlsUpgrade(
      ConnectionOptions options,
      ChannelBytes bytes,
      EventLoop loop,
      Executor offLoop,
      Owner owner) {
    this.options = options;
    this.bytes = bytes;
    this.loop = loop;
    this.offLoop = offLoop;
    this.owner = owner;
  }

  void begin(Peer peer, ServerVersion server) {
    boolean canProve = server.mariaDb() && server.isAtLeast(11, 4, 0);
    offLoop.execute(
        () -> {
          Runnable next;
          try {
            TlsStage made = TlsContexts.stage(options, peer, canProve);
            next = () -> begin(made);
          } catch (Throwable e) {
            ConnectionException failure =
                ConnectionException.configuration(String.valueOf(e.getMessage()), e);
            next = () -> fail(failure);
          }
          OffLoop.back(loop, next, owner::loopIsGone);
        });
  }

  private void begin(TlsStage made) {
    if (phase == Phase.OVER) {
      return;
    }
    stage = made;
    phase = Phase.SHAKING;
    advance();
  }

  /** True until TLS is up. What arrives before the stage is there cannot be TLS: we speak first. */
  boolean isPreparing() {
    return phase == Phase.PREPARING;
  }

  /** Goes on as far as it can without waiting; to be called when bytes have arrived. */
  void advance() {
    TlsStage current = stage;
    if (phase != Phase.SHAKING || current == null) {
      return;
    }
    try {
      while (phase == Phase.SHAKING) {
        TlsStage.Progress progress = current.handshake();
        bytes.send(current);
        switch (progress) {
          case NEED_TASK -> {
            phase = Phase.TASK;
            offLoop.execute(task(current.task()));
          }
          case NEED_BYTES -> {
            if (!bytes.fill(current)) {
              bytes.read();
              return;
            }
          }
          case ESTABLISHED -> {
            phase = Phase.OVER;
            owner.established(current);
          }
        }
      }
    } catch (SSLException | RuntimeException e) {
      bytes.send(current); // the alert
      fail(ConnectionException.tls(options.target(), String.valueOf(e.getMessage()), e));
    }
  }

  private Runnable task(Runnable costly) {
    return () -> {
      try {
        costly.run();
      } finally {
        OffLoop.back(loop, this::taskDone, owner::loopIsGone);
      }
    };
  }

  private void taskDone() {
    if (phase == Phase.TASK) {
      phase = Phase.SHAKING;
      advance();
    }
  }

  private void fail(ConnectionException failure) {
    if (phase != Phase.OVER) {
      phase = Phase.OVER;
      owner.failed(failure);
    }
  }

  /** The connection is closed: whatever comes later is of no interest. */
  void cancel() {
    phase = Phase.OVER;
  }
}
