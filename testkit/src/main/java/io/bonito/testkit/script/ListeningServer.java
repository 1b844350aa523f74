package io.bonito.testkit.script;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A scripted server behind a port of the loopback. */
public final class ListeningServer implements AutoCloseable {
  private final ScriptedServer script;
  private final ServerSocket listener;
  private final List<Talk> talks = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  ListeningServer(ScriptedServer script) throws IOException {
    this.script = script;
    this.listener = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    daemon(this::accept, "bonito-script-accept");
  }

  private static void daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  public String host() {
    return "127.0.0.1";
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** The talks so far, in the order of their connections; what each received may still grow. */
  public List<Talk> talks() {
    return List.copyOf(talks);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        sockets.add(socket);
        daemon(() -> serve(socket), "bonito-script-" + socket.getPort());
      } catch (IOException e) {
        // Closed: the loop ends.
      }
    }
  }

  private void serve(Socket accepted) {
    Socket socket = accepted;
    try {
      socket.setTcpNoDelay(true);
      Talk talk = script.open();
      talk.tlsPossible = true;
      talks.add(talk);
      byte[] buffer = new byte[1 << 16];
      while (true) {
        socket.getOutputStream().write(talk.fromServer());
        if (talk.closed()) {
          break;
        }
        SSLContext tls = talk.takeTls();
        if (tls != null) {
          socket = secured(tls, accepted, talk.takeRest());
        }
        int count = socket.getInputStream().read(buffer);
        if (count < 0) {
          break;
        }
        talk.fromClient(buffer, 0, count);
      }
      if (talk.broken()) {
        // Lingering for no time turns the close into a RST.
        accepted.setSoLinger(true, 0);
        accepted.close();
      }
    } catch (IOException e) {
      // The client has gone, or the test is over.
    } finally {
      close(socket);
      close(accepted);
    }
  }

  private static Socket secured(SSLContext context, Socket plain, byte[] begun) throws IOException {
    InputStream consumed = new ByteArrayInputStream(begun);
    SSLSocket secured =
        (SSLSocket) context.getSocketFactory().createSocket(plain, consumed, /* autoClose= */ true);
    secured.setUseClientMode(false);
    secured.startHandshake();
    return secured;
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed for us.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    sockets.forEach(ListeningServer::close);
  }
}
