package io.bonito.protocol.tls;

import io.bonito.protocol.exchange.TlsPeer;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * TLS between a transport and its session.
 *
 * <pre>
 *   network ──▶ arriving() received(n) ──▶ decrypt(session.inbound())  ──▶ session.received(n)
 *   network ◀── departing()            ◀── encrypt(session.outbound())
 * </pre>
 *
 * <p>At the session's {@code START_TLS} the transport sends what is outbound, makes a stage, and
 * calls {@link #handshake} until it says {@link Progress#ESTABLISHED}; then {@code
 * session.tlsEstablished(stage.peer())}. The stage never waits and starts no thread: the costly
 * steps of a handshake are handed out as {@link #task}. Used by one thread at a time.
 */
public final class TlsStage {
  /** What a handshake needs next. Whatever is in {@link #departing} is always to be sent. */
  public enum Progress {
    /** More bytes from the server. */
    NEED_BYTES,
    /** That {@link #task} be run, here or on another thread, before going on. */
    NEED_TASK,
    /** Nothing: the channel is encrypted. */
    ESTABLISHED
  }

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final int RECORDS_BUFFERED = 2;

  private final SSLEngine engine;
  private final ServerTrust trust;

  /** Between calls: unread cipher bytes from position to limit. */
  private ByteBuffer received;

  /** Between calls: unsent cipher bytes from position to limit. */
  private ByteBuffer toSend;

  /** Plain bytes that found no room; from position to limit. */
  private ByteBuffer spilled = NOTHING;

  /** Room for a whole record, once one has been larger than the session's. */
  private ByteBuffer aside = NOTHING;

  private boolean established;
  private boolean streamEnded;

  TlsStage(SSLEngine engine, ServerTrust trust) {
    this.engine = engine;
    this.trust = trust;
    int capacity = RECORDS_BUFFERED * engine.getSession().getPacketBufferSize();
    received = ByteBuffer.allocate(capacity).limit(0);
    toSend = ByteBuffer.allocate(capacity).limit(0);
  }

  // ---- the network's side

  /** Room for cipher bytes; the buffer's position may be moved or not, {@link #received} counts. */
  public ByteBuffer arriving() {
    received.compact().flip();
    if (received.limit() == received.capacity()) {
      received = ByteBuffer.allocate(2 * received.capacity()).put(received).flip();
    }
    return ByteBuffer.wrap(
        received.array(), received.limit(), received.capacity() - received.limit());
  }

  public void received(int count) {
    received.limit(received.limit() + count);
  }

  /** The network has no more bytes. */
  public void endOfStream() {
    streamEnded = true;
  }

  /** Cipher bytes to send. The transport moves the position as far as it got. */
  public ByteBuffer departing() {
    return toSend;
  }

  // ---- the handshake

  /**
   * Takes the handshake as far as it goes without waiting.
   *
   * @throws UntrustedServerException where the server's certificate is refused
   * @throws SSLException where the handshake failed otherwise; send what is departing (an alert),
   *     and close
   */
  public Progress handshake() throws SSLException {
    try {
      if (!established && engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING) {
        engine.beginHandshake();
      }
      while (!established) {
        switch (engine.getHandshakeStatus()) {
          case NEED_TASK -> {
            return Progress.NEED_TASK;
          }
          case NEED_WRAP -> wrap(NOTHING);
          case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
            SSLEngineResult result = unwrap(NOTHING);
            if (result.getStatus() == Status.BUFFER_UNDERFLOW) {
              if (streamEnded) {
                throw new SSLException("the server closed the connection during the TLS handshake");
              }
              return Progress.NEED_BYTES;
            }
            if (result.getStatus() == Status.CLOSED) {
              throw new SSLException("the server ended TLS during the handshake");
            }
          }
          case FINISHED, NOT_HANDSHAKING -> established = true;
        }
      }
      return Progress.ESTABLISHED;
    } catch (SSLException e) {
      throw explained(e);
    }
  }

  /** The costly step that the handshake waits for; run it, then call {@link #handshake} again. */
  public Runnable task() {
    @Nullable Runnable task = engine.getDelegatedTask();
    return task != null ? task : () -> {};
  }

  /** Whom the handshake found. */
  public TlsPeer peer() throws SSLException {
    if (!established) {
      throw new IllegalStateException("the TLS handshake is not complete");
    }
    try {
      byte[] certificate = engine.getSession().getPeerCertificates()[0].getEncoded();
      byte[] fingerprint = MessageDigest.getInstance("SHA-256").digest(certificate);
      return new TlsPeer(trust.in(engine.getSession()), fingerprint);
    } catch (CertificateException | NoSuchAlgorithmException e) {
      throw new SSLException("the server's certificate cannot be read", e);
    }
  }

  // ---- the session's side

  /**
   * Decrypts what has been received into {@code plain}, moving its position.
   *
   * @return how many bytes; 0 where more must be received first; -1 where the server has ended its
   *     side as TLS wants it
   * @throws SSLException where the stream was cut, damaged, or the server wants to begin anew
   */
  public int decrypt(ByteBuffer plain) throws SSLException {
    int start = plain.position();
    moveSpilled(plain);
    while (plain.hasRemaining()) {
      SSLEngineResult result = unwrap(plain);
      if (result.getStatus() == Status.BUFFER_OVERFLOW) {
        if (plain.position() > start) {
          break;
        }
        result = unwrapAside(plain);
      }
      if (result.getStatus() == Status.CLOSED) {
        return plain.position() > start ? plain.position() - start : -1;
      }
      if (result.getStatus() == Status.BUFFER_UNDERFLOW) {
        if (plain.position() == start && streamEnded) {
          throw new SSLException(
              "the server closed the connection without an end of TLS; bytes may be missing");
        }
        break;
      }
      afterwards(result);
    }
    return plain.position() - start;
  }

  /** For a record that wants more room than the session has just now. */
  private SSLEngineResult unwrapAside(ByteBuffer plain) throws SSLException {
    int largest = engine.getSession().getApplicationBufferSize();
    spilled = NOTHING;
    aside = aside.capacity() < largest ? ByteBuffer.allocate(largest) : aside.clear();
    SSLEngineResult result = unwrap(aside);
    if (result.getStatus() == Status.BUFFER_OVERFLOW) {
      throw new SSLException("a TLS record of more than " + largest + " bytes");
    }
    spilled = aside.flip();
    moveSpilled(plain);
    return result;
  }

  /**
   * Encrypts some or all of {@code plain}, moving its position; send what is departing, and repeat
   * while any remains.
   */
  public void encrypt(ByteBuffer plain) throws SSLException {
    int largest = engine.getSession().getPacketBufferSize();
    while (plain.hasRemaining() && toSend.capacity() - toSend.remaining() >= largest) {
      afterwards(wrap(plain));
    }
  }

  /** Puts TLS's goodbye into what is departing. */
  public void close() {
    engine.closeOutbound();
    try {
      while (!engine.isOutboundDone()) {
        SSLEngineResult result = wrap(NOTHING);
        if (result.getStatus() != Status.OK) {
          return;
        }
      }
    } catch (SSLException e) {
      // Nobody listens any more.
      toSend.limit(toSend.position());
    }
  }

  private void moveSpilled(ByteBuffer plain) {
    if (!spilled.hasRemaining()) {
      return;
    }
    int count = Math.min(spilled.remaining(), plain.remaining());
    plain.put(spilled.slice(spilled.position(), count));
    spilled.position(spilled.position() + count);
    if (!spilled.hasRemaining()) {
      spilled = NOTHING;
    }
  }

  /** Between two records of an established channel: new session tickets, changes of keys. */
  private void afterwards(SSLEngineResult result) throws SSLException {
    HandshakeStatus status = result.getHandshakeStatus();
    while (status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED) {
      if (engine.getSession().getProtocol().equals("TLSv1.2")) {
        throw new SSLException("the server wants to negotiate TLS anew, which is refused");
      }
      switch (status) {
        case NEED_TASK -> task().run();
        case NEED_WRAP -> wrap(NOTHING);
        case NEED_UNWRAP, NEED_UNWRAP_AGAIN, FINISHED, NOT_HANDSHAKING -> {
          return;
        }
      }
      status = engine.getHandshakeStatus();
    }
  }

  private SSLEngineResult unwrap(ByteBuffer plain) throws SSLException {
    return engine.unwrap(received, plain);
  }

  private SSLEngineResult wrap(ByteBuffer plain) throws SSLException {
    int unsent = toSend.compact().position();
    if (toSend.remaining() < engine.getSession().getPacketBufferSize()) {
      toSend.flip();
      toSend = ByteBuffer.allocate(2 * toSend.capacity()).put(toSend);
    }
    try {
      return engine.wrap(plain, toSend);
    } finally {
      toSend.limit(Math.max(unsent, toSend.position())).position(0);
    }
  }

  private SSLException explained(SSLException e) {
    for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        return new UntrustedServerException(trust.explain(cause), e);
      }
    }
    return e;
  }
}
