package io.bonito.protocol.tls;

import io.bonito.protocol.tls.TlsStage.Progress;
import java.io.ByteArrayOutputStream;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;

/** TLS servers in memory, with certificates of every kind. */
final class TlsPeers {
  Server server(String certificate) throws Exception {
    KeyStore keys =
        KeyStores.holding(
            Pem.read("key", file("server-key.pem")).privateKey(new char[0]),
            certificates(certificate));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), new TrustManager[] {new AnyClient()}, null);
    return new Server(context);
  }

  static String file(String name) {
    try {
      return Path.of(TlsPeers.class.getResource("/tls/" + name).toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<Certificate> certificates(String name) throws Exception {
    return Pem.read("certificate", file(name)).certificates();
  }

  static byte[] pattern(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i * 31 + (i >> 8));
    }
    return bytes;
  }

  /** The other end of one {@link TlsStage} at a time. */
  static final class Server {
    private final SSLContext context;
    private final SSLEngine engine;
    private final ByteBuffer fromClient = ByteBuffer.allocate(1 << 20);
    private final ByteBuffer toClient = ByteBuffer.allocate(1 << 20);

    Server(SSLContext context) {
      this.context = context;
      this.engine = context.createSSLEngine();
      engine.setUseClientMode(false);
    }

    Server needingClientCertificate() {
      engine.setNeedClientAuth(true);
      return this;
    }

    /** A fresh connection to the same server, which remembers TLS sessions. */
    Server again() {
      return new Server(context);
    }

    Certificate clientCertificate() throws SSLException {
      return engine.getSession().getPeerCertificates()[0];
    }

    void shakeHands(TlsStage stage) throws SSLException {
      for (Progress progress = stage.handshake(); ; progress = stage.handshake()) {
        if (progress == Progress.NEED_TASK) {
          stage.task().run();
        }
        takeFrom(stage);
        step(ByteBuffer.allocate(20_000));
        deliverTo(stage);
        if (progress == Progress.ESTABLISHED) {
          return;
        }
      }
    }

    void send(byte[] plain) throws SSLException {
      ByteBuffer left = ByteBuffer.wrap(plain);
      while (left.hasRemaining()) {
        engine.wrap(left, toClient);
      }
    }

    void sayGoodbye() throws SSLException {
      engine.closeOutbound();
      engine.wrap(ByteBuffer.allocate(0), toClient);
    }

    /** Puts what is waiting into the stage, as far as it has room. */
    int deliverTo(TlsStage stage) {
      toClient.flip();
      int total = 0;
      ByteBuffer room = stage.arriving();
      while (toClient.hasRemaining() && room.hasRemaining()) {
        room.put(toClient.get());
        total++;
      }
      toClient.compact();
      stage.received(total);
      return total;
    }

    /** Sends through the stage, and gives back what comes out here. */
    byte[] receive(TlsStage stage, byte[] plain) throws SSLException {
      ByteBuffer left = ByteBuffer.wrap(plain);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      while (out.size() < plain.length) {
        stage.encrypt(left);
        takeFrom(stage);
        ByteBuffer here = ByteBuffer.allocate(500_000);
        step(here);
        out.write(here.array(), 0, here.position());
      }
      return out.toByteArray();
    }

    private void takeFrom(TlsStage stage) {
      fromClient.put(stage.departing());
    }

    private void step(ByteBuffer plain) throws SSLException {
      while (true) {
        HandshakeStatus status = engine.getHandshakeStatus();
        if (status == HandshakeStatus.NEED_TASK) {
          engine.getDelegatedTask().run();
        } else if (status == HandshakeStatus.NEED_WRAP) {
          engine.wrap(ByteBuffer.allocate(0), toClient);
        } else {
          fromClient.flip();
          SSLEngineResult result = engine.unwrap(fromClient, plain);
          fromClient.compact();
          if (result.getStatus() != SSLEngineResult.Status.OK) {
            return;
          }
        }
      }
    }
  }

  private static final class AnyClient extends javax.net.ssl.X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(
        java.security.cert.X509Certificate[] chain, String type, java.net.Socket socket) {}

    @Override
    public void checkServerTrusted(
        java.security.cert.X509Certificate[] chain, String type, java.net.Socket socket) {}

    @Override
    public void checkClientTrusted(
        java.security.cert.X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(
        java.security.cert.X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(java.security.cert.X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(java.security.cert.X509Certificate[] chain, String type) {}

    @Override
    public java.security.cert.X509Certificate[] getAcceptedIssuers() {
      return new java.security.cert.X509Certificate[0];
    }
  }
}
