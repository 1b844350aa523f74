package io.bonito.transport;

import io.bonito.protocol.Session;
import io.bonito.protocol.failure.ConnectionException;
import java.io.IOException;
import java.io.InputStream;

/** What one LOAD DATA LOCAL loads. */
final class LocalData {
  private final InputStream data;
  private final String target;
  private final byte[] piece = new byte[64 * 1024];

  LocalData(InputStream data, String target) {
    this.data = data;
    this.target = target;
  }

  /**
   * Gives the next piece; false at the end.
   *
   * @throws ConnectionException where the stream fails: to end the data there would load a part of
   *     it as if it were all, and the protocol has no other way to stop
   */
  boolean giveTo(Session session) throws ConnectionException {
    int count;
    try {
      count = data.read(piece);
    } catch (IOException e) {
      throw ConnectionException.lost(
          target, "the data to load could not be read", /* commandMayHaveRun= */ false, e);
    }
    if (count > 0) {
      session.localData(piece, 0, count);
    }
    return count >= 0;
  }
}
