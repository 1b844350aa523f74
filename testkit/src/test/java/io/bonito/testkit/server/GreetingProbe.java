package io.bonito.testkit.server;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;

/** Looks at a server's greeting and leaves. */
final class GreetingProbe {
  private static final int CLIENT_SSL = 1 << 11;

  private GreetingProbe() {}

  static boolean offersTls(Server server) {
    try (Socket socket = new Socket(server.host(), server.port())) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      int length = Integer.reverseBytes(in.readInt()) & 0xffffff;
      byte[] greeting = in.readNBytes(length);
      int at = 1;
      while (greeting[at] != 0) {
        at++;
      }
      // After the version: thread id, half of the scramble, a filler; then the capabilities.
      at += 1 + 4 + 8 + 1;
      return ((greeting[at] & 0xff | (greeting[at + 1] & 0xff) << 8) & CLIENT_SSL) != 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
