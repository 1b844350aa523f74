package io.bonito.netty;

import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;

/** Leads to this machine, whatever address it is told: so this machine can play a far one. */
final class FarChannel extends NioSocketChannel {
  /** From a block that belongs to documentation. */
  static InetAddress[] somewhereElse(String host) throws UnknownHostException {
    return new InetAddress[] {InetAddress.getByAddress(host, new byte[] {(byte) 192, 0, 2, 7})};
  }

  @Override
  protected boolean doConnect(SocketAddress remote, SocketAddress local) throws Exception {
    int port = ((InetSocketAddress) remote).getPort();
    return super.doConnect(new InetSocketAddress("127.0.0.1", port), local);
  }
}
