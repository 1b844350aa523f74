package io.bonito.transport;

import io.bonito.protocol.option.Peer;
import io.bonito.protocol.tls.TlsStage;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A line that encrypts, over one that does not. */
final class TlsLine implements Line {
  private final Line plain;
  private final TlsStage stage;

  TlsLine(Line plain, TlsStage stage) {
    this.plain = plain;
    this.stage = stage;
  }

  @Override
  public int read(ByteBuffer room, long nanosLeft) throws IOException {
    int count = stage.decrypt(room);
    if (count != 0) {
      return count;
    }
    long end = nanosLeft == NO_LIMIT ? 0 : System.nanoTime() + nanosLeft;
    while (count == 0) {
      // A record arrives in pieces, of which each may come just in time.
      receive(nanosLeft == NO_LIMIT ? NO_LIMIT : end - System.nanoTime());
      count = stage.decrypt(room);
    }
    return count;
  }

  /** Awaits some bytes of cipher. */
  void receive(long nanosLeft) throws IOException {
    int count = plain.read(stage.arriving(), nanosLeft);
    if (count < 0) {
      stage.endOfStream();
    } else {
      stage.received(count);
    }
  }

  /** In pieces too small for the plain line to watch over, so that is done here. */
  @Override
  public void write(ByteBuffer bytes, long nanosLeft) throws IOException {
    if (!WriteLimit.isNeeded(bytes.remaining(), nanosLeft)) {
      writeAll(bytes, nanosLeft);
      return;
    }
    try (WriteLimit limit = new WriteLimit(plain, nanosLeft)) {
      try {
        writeAll(bytes, NO_LIMIT);
      } catch (IOException e) {
        throw limit.explained(e);
      }
    }
  }

  private void writeAll(ByteBuffer bytes, long nanosLeft) throws IOException {
    while (bytes.hasRemaining()) {
      stage.encrypt(bytes);
      plain.write(stage.departing(), nanosLeft);
    }
  }

  /** Says TLS's goodbye. */
  void takeLeave() throws IOException {
    stage.close();
    plain.write(stage.departing(), NO_LIMIT);
  }

  @Override
  public Peer peer() {
    return plain.peer();
  }

  @Override
  public boolean isCounted() {
    return plain.isCounted();
  }

  @Override
  public void close() {
    plain.close();
  }
}
