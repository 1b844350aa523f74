package io.bonito.transport;

import io.bonito.protocol.option.Slot;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.SocketFactory;

/**
 * Opens connections' sockets in the application's own way: through a tunnel, a proxy, a library for
 * named pipes.
 *
 * <pre>{@code
 * ConnectionOptions.builder()
 *     .object(SocketOpener.SLOT, (host, port, timeLeft) -> tunnel.open(host, port))
 * }</pre>
 */
@FunctionalInterface
public interface SocketOpener {
  /** The place for one in the options. */
  Slot<SocketOpener> SLOT = new Slot<>("socketOpener", SocketOpener.class);

  /**
   * Opens one.
   *
   * @param host as configured; resolving it is the opener's task
   * @param timeLeft of the time for connecting; the opener is to keep it
   * @return a connected socket, which from now on belongs to the connection
   */
  Socket open(String host, int port, Duration timeLeft) throws IOException;

  /** Sockets of a factory that makes them unconnected. */
  static SocketOpener of(SocketFactory factory) {
    return (host, port, timeLeft) -> {
      Socket socket = factory.createSocket();
      try {
        int millis = (int) Math.max(1, Math.min(timeLeft.toMillis(), Integer.MAX_VALUE));
        socket.connect(new InetSocketAddress(host, port), millis);
        return socket;
      } catch (IOException | RuntimeException e) {
        socket.close();
        throw e;
      }
    };
  }
}
