package io.bonito.testkit.script;

import java.io.ByteArrayOutputStream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a scripted server, in memory: bytes of the client in, bytes of the server out.
 *
 * <p>For one thread.
 */
public final class Talk {
  private enum Phase {
    LOGIN,
    AUTH,
    COMMANDS
  }

  /** An SSL request is the first 32 bytes of a handshake response. */
  private static final int SSL_REQUEST_LENGTH = 32;

  private final ScriptedServer script;
  private final Frames frames = new Frames();
  private final ByteArrayOutputStream outgoing = new ByteArrayOutputStream();
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private final Side side = new Side();
  private Phase phase = Phase.LOGIN;
  private long clientCapabilities;
  private int sequence;
  private boolean okSent;
  private boolean closed;
  private boolean broken;
  private @Nullable SSLContext tls;
  boolean tlsPossible;

  Talk(ScriptedServer script) {
    this.script = script;
    script.greeting().write(side);
    okSent = false;
  }

  /** What the server has said since the last call. */
  public byte[] fromServer() {
    byte[] bytes = outgoing.toByteArray();
    outgoing.reset();
    return bytes;
  }

  public void fromClient(byte[] bytes) {
    fromClient(bytes, 0, bytes.length);
  }

  public void fromClient(byte[] bytes, int offset, int length) {
    received.write(bytes, offset, length);
    frames.feed(bytes, offset, length, this::packet);
  }

  private void packet(int number, byte[] payload) {
    if (closed) {
      return;
    }
    sequence = number + 1;
    switch (phase) {
      case LOGIN -> login(payload);
      case AUTH -> {
        script.auth().handle(payload, side);
        phase = okSent ? Phase.COMMANDS : Phase.AUTH;
      }
      case COMMANDS -> script.command(payload).handle(payload, side);
    }
  }

  private void login(byte[] payload) {
    clientCapabilities = capabilities(payload);
    if (payload.length == SSL_REQUEST_LENGTH && (clientCapabilities & Capabilities.SSL) != 0) {
      script.sslRequest().handle(payload, side);
      return;
    }
    script.login().handle(payload, side);
    boolean ended = okSent || script.loginEndsWithFirstAnswer();
    phase = ended ? Phase.COMMANDS : Phase.AUTH;
  }

  /**
   * Capabilities: 4 bytes at the start; MariaDB's at 28, which count where the first bit is clear.
   */
  private static long capabilities(byte[] payload) {
    long low = 0;
    long high = 0;
    for (int i = 3; i >= 0 && payload.length >= SSL_REQUEST_LENGTH; i--) {
      low = low << 8 | (payload[i] & 0xff);
      high = high << 8 | (payload[28 + i] & 0xff);
    }
    return (low & Capabilities.LONG_PASSWORD) == 0 ? low | high << 32 : low;
  }

  /** All bytes that the client has sent; in TLS what was in it. */
  public byte[] received() {
    return received.toByteArray();
  }

  /** Whether the server has hung up. */
  public boolean closed() {
    return closed;
  }

  boolean broken() {
    return broken;
  }

  /** The context of a switch to TLS that is now due; asked once. */
  @Nullable SSLContext takeTls() {
    SSLContext due = tls;
    tls = null;
    return due;
  }

  /** Bytes that came behind an SSL request: the beginning of TLS. */
  byte[] takeRest() {
    return frames.takeRest();
  }

  private final class Side implements Wire {
    @Override
    public void packet(byte[] payload) {
      packet(sequence, payload);
    }

    @Override
    public void packet(int number, byte[] payload) {
      byte[] packets = Frames.frame(number, payload);
      // A payload of 16 MiB took several numbers; the last packet's stands in the last header.
      sequence = number + 1 + payload.length / 0xffffff;
      okSent |= payload.length > 0 && payload[0] == 0;
      raw(packets);
    }

    @Override
    public void raw(byte... bytes) {
      if (!closed) {
        outgoing.writeBytes(bytes);
      }
    }

    @Override
    public void hangUp() {
      closed = true;
    }

    @Override
    public void reset() {
      broken = true;
      closed = true;
    }

    @Override
    public void startTls(SSLContext context) {
      if (!tlsPossible) {
        throw new UnsupportedOperationException("TLS needs a socket: use listen()");
      }
      tls = context;
    }

    @Override
    public long clientCapabilities() {
      return clientCapabilities;
    }
  }
}
