package io.bonito.transport;

import io.bonito.protocol.SessionOptions;
import io.bonito.protocol.auth.Credentials;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.option.RouteOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketOption;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Opens the line that options describe: a Unix socket, a socket of the application's own opener, or
 * TCP to each address of the name in turn, all before one deadline.
 */
final class LineOpener {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /**
   * Who has not answered after this long, or after a third of the time for connecting, is dialled
   * anew. After TCP's round trip the greeting and the login take at least one each: who needs more
   * than a third for the first would not be logged in before the deadline.
   */
  private static final long FIRST_PATIENCE = 3_000 * NANOS_PER_MILLI;

  /**
   * From then on, each time: enough for a network that has healed, and not for one that has not.
   */
  private static final long REDIAL_PATIENCE = 400 * NANOS_PER_MILLI;

  private final ConnectionOptions options;
  private final ConnectDeadline deadline;
  private final Admission.Purpose purpose;

  LineOpener(ConnectionOptions options, ConnectDeadline deadline, Admission.Purpose purpose) {
    this.options = options;
    this.deadline = deadline;
    this.purpose = purpose;
  }

  /** Who is to connect: asked before anything is opened. */
  static Credentials credentials(ConnectionOptions options) throws ConnectionException {
    try {
      return SessionOptions.credentials(options);
    } catch (RuntimeException e) {
      throw ConnectionException.configuration("the provider of credentials failed: " + e, e);
    }
  }

  Line open() throws ConnectionException {
    Admitted admitted = Admitted.of(purpose, options.target(), deadline);
    boolean opened = false;
    try {
      Line line = open(admitted);
      opened = true;
      return line;
    } finally {
      if (!opened) {
        admitted.giveBack();
      }
    }
  }

  private Line open(Admitted admitted) throws ConnectionException {
    SocketOpener opener = options.object(SocketOpener.SLOT).orElse(null);
    if (opener == null && !options.get(RouteOptions.SOCKET_FACTORY).isEmpty()) {
      opener = NamedSocketOpener.find(options.get(RouteOptions.SOCKET_FACTORY));
    }
    if (opener != null) {
      return opened(opener, admitted);
    }
    return options.localSocket().isEmpty() ? tcp(admitted) : unix(admitted);
  }

  private Line opened(SocketOpener opener, Admitted admitted) throws ConnectionException {
    Socket socket = null;
    try {
      long nanosLeft = deadline.nanosLeft();
      socket = opener.open(options.host(), options.port(), Duration.ofNanos(nanosLeft));
      return line(socket, admitted);
    } catch (IOException e) {
      close(socket);
      throw failed(e);
    }
  }

  private Line tcp(Admitted admitted) throws ConnectionException {
    InetAddress[] addresses;
    try {
      addresses = Resolver.addresses(options.host(), deadline.nanosLeft());
    } catch (TimeoutException e) {
      throw deadline.passed("looking up the name", e);
    }
    @Nullable ConnectionException failure = null;
    for (int i = 0; i < addresses.length; i++) {
      try {
        return tcp(addresses[i], addresses.length - i, admitted);
      } catch (ConnectionException e) {
        if (failure != null) {
          e.addSuppressed(failure);
        }
        failure = e;
      }
    }
    throw failure != null ? failure : ConnectionException.unresolved(options.host(), null);
  }

  /**
   * Dials until somebody answers. A kernel repeats what nobody answers ever more rarely, and so
   * notices seconds later that a network has healed; a new socket asks at once. There is one at a
   * time, and for whoever counts all of them are one.
   *
   * @param addressesLeft this one included: each may use its share of the time that is left, so
   *     that one that swallows everything does not take it all
   */
  private Line tcp(InetAddress address, int addressesLeft, Admitted admitted)
      throws ConnectionException {
    long whole = deadline.nanosLeft();
    long share = whole / addressesLeft;
    long patience = Math.min(whole / 3, FIRST_PATIENCE);
    long start = System.nanoTime();
    while (true) {
      long left = deadline.exists() ? share - (System.nanoTime() - start) : Line.NO_LIMIT;
      boolean last = !deadline.exists() || left < patience + REDIAL_PATIENCE;
      Socket socket = new Socket();
      try {
        int received = options.get(Options.TCP_RECEIVE_BUFFER);
        if (received > 0) {
          // Before connecting, or the window scale is settled without it.
          socket.setReceiveBufferSize(received);
        }
        socket.connect(
            new InetSocketAddress(address, options.port()), millis(last ? left : patience));
        return line(socket, admitted);
      } catch (IOException e) {
        close(socket);
        if (last || !(e instanceof SocketTimeoutException)) {
          throw failed(e);
        }
        patience = REDIAL_PATIENCE;
      }
    }
  }

  private Line line(Socket socket, Admitted admitted) throws IOException {
    if (!socket.getTcpNoDelay()) {
      socket.setTcpNoDelay(options.get(Options.TCP_NO_DELAY));
    }
    int sent = options.get(Options.TCP_SEND_BUFFER);
    if (sent > 0) {
      socket.setSendBufferSize(sent);
    }
    int trafficClass = options.get(Options.TCP_TRAFFIC_CLASS);
    if (trafficClass > 0) {
      socket.setTrafficClass(trafficClass);
    }
    if (options.get(Options.TCP_KEEP_ALIVE)) {
      socket.setKeepAlive(true);
      setNumber(socket, "TCP_KEEPIDLE", (int) options.get(Options.TCP_KEEP_IDLE).toSeconds());
      setNumber(
          socket, "TCP_KEEPINTERVAL", (int) options.get(Options.TCP_KEEP_INTERVAL).toSeconds());
      setNumber(socket, "TCP_KEEPCOUNT", options.get(Options.TCP_KEEP_COUNT));
    }
    return new SocketLine(socket, admitted);
  }

  /** Sets an option of the JDK's own, where this system has it. */
  @SuppressWarnings("unchecked") // checked by its type
  private static void setNumber(Socket socket, String name, int value) throws IOException {
    if (value <= 0) {
      return;
    }
    for (SocketOption<?> option : socket.supportedOptions()) {
      if (option.name().equals(name) && option.type() == Integer.class) {
        socket.setOption((SocketOption<Integer>) option, value);
      }
    }
  }

  private Line unix(Admitted admitted) throws ConnectionException {
    SocketChannel channel = null;
    AtomicBoolean late = new AtomicBoolean();
    try {
      UnixDomainSocketAddress address = UnixDomainSocketAddress.of(options.localSocket());
      channel = SocketChannel.open(java.net.StandardProtocolFamily.UNIX);
      UnixLine line = new UnixLine(channel, admitted);
      long nanosLeft = deadline.nanosLeft();
      if (nanosLeft == Line.NO_LIMIT) {
        channel.connect(address);
        return line;
      }
      // It stands still where the server's queue of those waiting is full.
      Future<?> end =
          Watch.after(
              nanosLeft,
              () -> {
                late.set(true);
                line.close();
              });
      try {
        channel.connect(address);
        return line;
      } finally {
        end.cancel(false);
      }
    } catch (IOException e) {
      if (channel != null) {
        new UnixLine(channel, admitted).close();
      }
      if (late.get()) {
        throw deadline.passed("connecting", e);
      }
      throw ConnectionException.refused(options.localSocket(), e);
    } catch (IllegalArgumentException | UnsupportedOperationException e) {
      throw ConnectionException.configuration(
          "no Unix socket at \"" + options.localSocket() + "\": " + e.getMessage(), e);
    }
  }

  private ConnectionException failed(IOException e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (e instanceof ConnectionException known) {
      return known;
    }
    if (e instanceof SocketTimeoutException || message.contains("timed out")) {
      return deadline.passed("connecting", e);
    }
    if (Thread.currentThread().isInterrupted()) {
      return ConnectionException.lost(
          options.target(),
          "the thread was interrupted while it connected",
          /* commandMayHaveRun= */ false,
          e);
    }
    if (e instanceof java.net.UnknownHostException) {
      return ConnectionException.unresolved(options.host(), e);
    }
    if (e instanceof NoRouteToHostException || message.contains("unreachable")) {
      return ConnectionException.unreachable(options.target(), e);
    }
    if (e instanceof ConnectException) {
      return ConnectionException.refused(options.target(), e);
    }
    return ConnectionException.unreachable(options.target(), e);
  }

  /** At least 1, since 0 means "for ever"; 0 where there is no deadline. */
  private static int millis(long nanosLeft) {
    if (nanosLeft == Line.NO_LIMIT) {
      return 0;
    }
    return (int) Math.max(1, Math.min(nanosLeft / NANOS_PER_MILLI, Integer.MAX_VALUE));
  }

  private static void close(@Nullable Socket socket) {
    if (socket == null) {
      return;
    }
    try {
      socket.close();
    } catch (IOException e) {
      // It never was of use.
    }
  }
}
