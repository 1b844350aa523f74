package io.bonito.integrationkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/**
 * Stands before a peer and passes on what it says in pieces, whatever is in them: so TLS's records
 * arrive in pieces too.
 */
record Relay(int peerPort, int pieceSize) implements LoopbackPeer.Treatment {
  @Override
  public void of(Socket socket) throws Exception {
    try (Socket peer = new Socket(LoopbackPeer.address(), peerPort)) {
      peer.setTcpNoDelay(true);
      Thread there = new Thread(() -> pass(socket, peer, 1 << 16), "bonito-kit-relay");
      there.setDaemon(true);
      there.start();
      pass(peer, socket, pieceSize);
      there.join();
    }
  }

  private static void pass(Socket from, Socket to, int size) {
    byte[] buffer = new byte[1 << 16];
    try {
      InputStream in = from.getInputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        for (int at = 0; at < count; at += size) {
          to.getOutputStream().write(buffer, at, Math.min(size, count - at));
        }
      }
      to.shutdownOutput();
    } catch (IOException e) {
      // One of the two has gone; the other end is told by the close that follows.
    }
  }
}
