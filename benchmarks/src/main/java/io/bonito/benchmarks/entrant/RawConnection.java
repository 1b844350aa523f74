package io.bonito.benchmarks.entrant;

import io.bonito.benchmarks.contest.Carrier;
import io.bonito.benchmarks.contest.Setting;
import io.bonito.protocol.Session;
import io.bonito.protocol.SessionOptions;
import io.bonito.protocol.auth.PeerTrust;
import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.TlsPeer;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.JdbcUrl;
import io.bonito.protocol.option.Peer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** A socket that is logged in like Bonito, and from then on is nothing but a socket. */
public final class RawConnection implements AutoCloseable {
  private final Session session;
  private final SocketChannel channel;
  private @Nullable Socket socket;
  private @Nullable InputStream in;
  private @Nullable OutputStream out;

  public RawConnection(Setting setting) throws IOException {
    ConnectionOptions options = JdbcUrl.parse(setting.url()).options(new Properties());
    Peer peer = setting.carrier() == Carrier.UNIX ? Peer.UNIX_SOCKET : Peer.LOOPBACK;
    session =
        new Session(
            SessionOptions.of(
                options, peer, SessionOptions.credentials(options), new SecureRandom()));
    if (setting.carrier() == Carrier.UNIX) {
      channel = SocketChannel.open(UnixDomainSocketAddress.of(setting.socketPath()));
    } else {
      channel = SocketChannel.open(new InetSocketAddress(setting.host(), setting.port()));
      use(channel.socket());
    }
    await(Event.READY);
  }

  private void use(Socket used) throws IOException {
    used.setTcpNoDelay(true);
    socket = used;
    in = used.getInputStream();
    out = used.getOutputStream();
  }

  Session session() {
    return session;
  }

  /** Below all of it; without TLS there is nothing else. */
  public SocketChannel channel() {
    return channel;
  }

  // ---- as a session

  /** Runs what was given to the session up to an event; a refusal is an error. */
  void await(Event due) throws IOException {
    for (Event event = next(); event != due; event = next()) {
      if (event == Event.FAILED || event.endsSession()) {
        throw new IOException(
            event == Event.FAILED ? session.error().message() : "the connection was closed");
      }
    }
  }

  private Event next() throws IOException {
    while (true) {
      Event event = session.next();
      switch (event) {
        case NEED_BYTES -> exchangeBytes();
        case START_TLS -> startTls();
        default -> {
          return event;
        }
      }
    }
  }

  private void exchangeBytes() throws IOException {
    flush();
    ByteBuffer room = session.inbound();
    int count = read(room.array(), room.arrayOffset() + room.position(), room.remaining());
    if (count < 0) {
      session.endOfStream();
    } else {
      session.received(count);
    }
  }

  private void flush() throws IOException {
    ByteBuffer outbound = session.outbound();
    write(outbound.array(), outbound.arrayOffset() + outbound.position(), outbound.remaining());
    outbound.position(outbound.limit());
  }

  private void startTls() throws IOException {
    flush();
    Socket plain = socket;
    if (plain == null) {
      throw new IOException("TLS over a Unix socket is not measured");
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Credulous()}, null);
      SSLSocket secure =
          (SSLSocket)
              context
                  .getSocketFactory()
                  .createSocket(plain, plain.getInetAddress().getHostName(), plain.getPort(), true);
      secure.startHandshake();
      use(secure);
    } catch (java.security.GeneralSecurityException e) {
      throw new IOException(e);
    }
    session.tlsEstablished(new TlsPeer(PeerTrust.LOOPBACK, new byte[0]));
  }

  // ---- as a socket

  void write(byte[] bytes, int offset, int length) throws IOException {
    if (out != null) {
      out.write(bytes, offset, length);
    } else {
      ByteBuffer left = ByteBuffer.wrap(bytes, offset, length);
      while (left.hasRemaining()) {
        channel.write(left);
      }
    }
  }

  int read(byte[] bytes, int offset, int length) throws IOException {
    if (in != null) {
      return in.read(bytes, offset, length);
    }
    return channel.read(ByteBuffer.wrap(bytes, offset, length));
  }

  @Override
  public void close() throws IOException {
    if (socket != null) {
      socket.close();
    }
    channel.close();
  }

  /** Whom it talks to does not matter here. */
  private static final class Credulous implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
