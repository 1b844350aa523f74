package io.bonito.integrationkit;

import io.bonito.protocol.Session;
import io.bonito.protocol.auth.PeerTrust;
import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.TlsPeer;
import io.bonito.testkit.script.Conversation;
import io.bonito.testkit.server.Server;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A conversation with a real server, written down as it goes. Behind TLS, as it was inside. */
final class LiveTalk implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;

  private final Caller caller = new Caller();
  private final List<Conversation.Step> steps = new ArrayList<>();
  private final Session session;
  private Socket socket;

  LiveTalk(Server server, String connectLine) throws IOException {
    socket = new Socket(server.host(), server.port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    session = MemoryReplay.session(Caller.optionsOf(connectLine).build());
    ask(List.of(connectLine));
  }

  List<Conversation.Step> steps() {
    return steps;
  }

  /** Asks all of these, then waits until all are answered. */
  void ask(List<String> lines) throws IOException {
    for (String line : lines) {
      steps.add(new Conversation.Step.Asked(line));
      caller.ask(line, session);
    }
    if (lines.contains("quit")) {
      send();
      return;
    }
    while (!session.isIdle()) {
      Event event = session.next();
      if (event == Event.NEED_BYTES) {
        send();
        receive();
        continue;
      }
      if (event == Event.START_TLS) {
        send();
      }
      steps.add(new Conversation.Step.Due(EventText.of(event, session.exchange())));
      if (event == Event.START_TLS) {
        startTls();
      } else if (event == Event.LOCAL_DATA) {
        byte[] data = caller.localData();
        session.localData(data, 0, data.length);
        session.localDataEnd();
      }
    }
  }

  private void send() throws IOException {
    ByteBuffer outbound = session.outbound();
    if (!outbound.hasRemaining()) {
      return;
    }
    byte[] bytes = new byte[outbound.remaining()];
    outbound.get(bytes);
    steps.add(new Conversation.Step.FromClient(bytes));
    socket.getOutputStream().write(bytes);
  }

  private void receive() throws IOException {
    ByteBuffer room = session.inbound();
    int count =
        socket
            .getInputStream()
            .read(room.array(), room.arrayOffset() + room.position(), room.remaining());
    if (count < 0) {
      throw new EOFException("the server hung up");
    }
    int start = room.arrayOffset() + room.position();
    steps.add(
        new Conversation.Step.FromServer(Arrays.copyOfRange(room.array(), start, start + count)));
    session.received(count);
  }

  private void startTls() throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustsAnyone()}, new SecureRandom());
      SSLSocket encrypted =
          (SSLSocket)
              context
                  .getSocketFactory()
                  .createSocket(socket, "127.0.0.1", socket.getPort(), /* autoClose= */ true);
      encrypted.startHandshake();
      socket = encrypted;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
    session.tlsEstablished(new TlsPeer(PeerTrust.VERIFIED, new byte[32]));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static final class TrustsAnyone implements X509TrustManager {
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
