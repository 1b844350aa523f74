package io.bonito.conformance;

import io.bonito.protocol.Session;
import io.bonito.protocol.SessionOptions;
import io.bonito.protocol.auth.AuthPlugins;
import io.bonito.protocol.auth.Credentials;
import io.bonito.protocol.auth.PeerTrust;
import io.bonito.protocol.auth.PublicKeyPolicy;
import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.Login;
import io.bonito.protocol.exchange.TlsPeer;
import io.bonito.testkit.server.Account;
import io.bonito.testkit.server.Server;
import io.bonito.testkit.tls.CertificateAuthority;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * A login on a real server with the least that can move a session's bytes, so that its trust can be
 * set to what a test wants.
 */
final class LoginAttempt implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 20_000;

  private final Server server;
  private Credentials credentials = Credentials.of("");
  private PeerTrust trust = PeerTrust.UNVERIFIED;
  private PublicKeyPolicy keys = PublicKeyPolicy.none();
  private AuthPlugins plugins = AuthPlugins.builtIn();
  private Login.Tls tls = Login.Tls.NEVER;
  private boolean overUnixSocket;
  private boolean fingerprintForged;

  private AutoCloseable line = () -> {};
  private Socket socket = new Socket();
  private InputStream in = InputStream.nullInputStream();
  private OutputStream out = OutputStream.nullOutputStream();
  private Session session = newSession();

  private LoginAttempt(Server server) {
    this.server = server;
  }

  static LoginAttempt on(Server server) {
    return new LoginAttempt(server);
  }

  LoginAttempt as(Account account) {
    List<String> passwords = new ArrayList<>(account.furtherPasswords());
    passwords.add(0, account.password());
    return as(account.user(), passwords.toArray(String[]::new));
  }

  LoginAttempt as(String user, String... passwords) {
    credentials = Credentials.of(user, passwords);
    return this;
  }

  LoginAttempt overTcp(PeerTrust given) {
    trust = given;
    return this;
  }

  LoginAttempt overTls(PeerTrust given) {
    tls = Login.Tls.ALWAYS;
    trust = given;
    return this;
  }

  LoginAttempt overUnixSocket() {
    overUnixSocket = true;
    trust = PeerTrust.UNIX_SOCKET;
    return this;
  }

  LoginAttempt keys(PublicKeyPolicy given) {
    keys = given;
    return this;
  }

  LoginAttempt only(String plugin) {
    plugins = plugins.restrictedTo(List.of(plugin));
    return this;
  }

  /** Takes the server's certificate for another one, as behind someone in between. */
  LoginAttempt withForgedFingerprint() {
    fingerprintForged = true;
    return this;
  }

  /** READY, or FAILED with an {@link #errorCode}. */
  Event run() throws IOException {
    session = newSession();
    if (overUnixSocket) {
      SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(server.socketPath()));
      line = channel;
      in = Channels.newInputStream(channel);
      out = Channels.newOutputStream(channel);
    } else {
      socket = new Socket(server.host(), server.port());
      socket.setSoTimeout(TIMEOUT_MILLIS);
      line = socket;
      in = socket.getInputStream();
      out = socket.getOutputStream();
    }
    return await();
  }

  /** RESULT_END, or FAILED with an {@link #errorCode}. */
  Event changeUser(Account account) throws IOException {
    session.changeUser(Credentials.of(account.user(), account.password()), "");
    return await();
  }

  int errorCode() {
    return session.error().code();
  }

  private Event await() throws IOException {
    for (Event event = session.next(); ; event = session.next()) {
      if (event == Event.START_TLS) {
        startTls();
      } else if (event != Event.NEED_BYTES) {
        return event;
      } else {
        exchangeBytes();
      }
    }
  }

  private void exchangeBytes() throws IOException {
    send();
    ByteBuffer room = session.inbound();
    byte[] bytes = new byte[room.remaining()];
    int count = in.read(bytes);
    if (count < 0) {
      throw new EOFException("the server closed the connection");
    }
    room.put(bytes, 0, count);
    session.received(count);
  }

  private void send() throws IOException {
    ByteBuffer outbound = session.outbound();
    byte[] bytes = new byte[outbound.remaining()];
    outbound.get(bytes);
    out.write(bytes);
    out.flush();
  }

  private void startTls() throws IOException {
    send();
    SSLSocketFactory factory =
        CertificateAuthority.sharedServer()
            .context(CertificateAuthority.shared())
            .getSocketFactory();
    SSLSocket upgraded =
        (SSLSocket)
            factory.createSocket(socket, server.host(), server.port(), /* autoClose= */ true);
    upgraded.startHandshake();
    in = upgraded.getInputStream();
    out = upgraded.getOutputStream();
    session.tlsEstablished(new TlsPeer(trust, fingerprint(upgraded)));
  }

  private byte[] fingerprint(SSLSocket tls) throws IOException {
    try {
      byte[] fingerprint =
          MessageDigest.getInstance("SHA-256")
              .digest(tls.getSession().getPeerCertificates()[0].getEncoded());
      fingerprint[0] ^= (byte) (fingerprintForged ? 1 : 0);
      return fingerprint;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private Session newSession() {
    return new Session(
        new SessionOptions(
            new Login(
                credentials, "", 0, tls, trust, plugins, keys, Map.of(), new SecureRandom())));
  }

  @Override
  public void close() throws Exception {
    line.close();
  }
}
