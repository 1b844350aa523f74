package io.bonito.netty;

import io.bonito.protocol.option.ConnectionOptions;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Opens connections on the host's event loops.
 *
 * <pre>{@code
 * LoopConnector.on(nioGroup).connect(options)
 *
 * LoopConnector.on(epollGroup)
 *     .tcp(EpollSocketChannel::new)
 *     .unix(EpollDomainSocketChannel::new, DomainSocketAddress::new)
 *     .connect(options)
 * }</pre>
 *
 * <p>The loops stay the host's own: nothing here starts or ends one. Immutable.
 */
public final class LoopConnector {
  /** How a name's addresses are found; may take its time. */
  interface NameLookup {
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  private final EventLoopGroup group;
  private final ChannelFactory<? extends Channel> tcp;
  private final ChannelFactory<? extends Channel> unix;
  private final Function<String, ? extends SocketAddress> unixAddress;
  private final Executor offLoop;
  private final NameLookup names;

  private LoopConnector(
      EventLoopGroup group,
      ChannelFactory<? extends Channel> tcp,
      ChannelFactory<? extends Channel> unix,
      Function<String, ? extends SocketAddress> unixAddress,
      Executor offLoop,
      NameLookup names) {
    this.group = group;
    this.tcp = tcp;
    this.unix = unix;
    this.unixAddress = unixAddress;
    this.offLoop = offLoop;
    this.names = names;
  }

  /**
   * Connections on the loops of this group, or on this one loop. Channels are of NIO unless told
   * otherwise; those for Unix sockets need Netty 4.1.115 or newer.
   */
  public static LoopConnector on(EventLoopGroup group) {
    return new LoopConnector(
        group,
        NioSocketChannel::new,
        // Not by its constructor's reference: older ones of Netty have no such class.
        () -> new NioDomainSocketChannel(),
        UnixDomainSocketAddress::of,
        OffLoop.THREADS,
        InetAddress::getAllByName);
  }

  /** With channels for TCP of the kind that the loops drive. */
  public LoopConnector tcp(ChannelFactory<? extends Channel> factory) {
    return new LoopConnector(group, factory, unix, unixAddress, offLoop, names);
  }

  /**
   * With channels for Unix sockets of the kind that the loops drive.
   *
   * @param address makes of a path what such a channel connects to
   */
  public LoopConnector unix(
      ChannelFactory<? extends Channel> factory,
      Function<String, ? extends SocketAddress> address) {
    return new LoopConnector(group, tcp, factory, address, offLoop, names);
  }

  /**
   * With the host's own threads for what may take its time: credentials, names, keys, certificates.
   * Else they are Bonito's, daemons that exist while they are needed.
   */
  public LoopConnector offLoop(Executor executor) {
    return new LoopConnector(group, tcp, unix, unixAddress, executor, names);
  }

  LoopConnector names(NameLookup lookup) {
    return new LoopConnector(group, tcp, unix, unixAddress, offLoop, lookup);
  }

  /**
   * Connects and logs in, within {@code connectTimeout}.
   *
   * @return fails with a {@link io.bonito.protocol.failure.ConnectionException}; where it is
   *     cancelled, as a future, a connection that comes later is closed
   */
  public CompletionStage<LoopConnection> connect(ConnectionOptions options) {
    return new Connecting(this, options, group.next()).begin();
  }

  ChannelFactory<? extends Channel> tcp() {
    return tcp;
  }

  ChannelFactory<? extends Channel> unix() {
    return unix;
  }

  SocketAddress unixAddress(String path) {
    return unixAddress.apply(path);
  }

  Executor offLoop() {
    return offLoop;
  }

  InetAddress[] addresses(String host) throws UnknownHostException {
    return names.addresses(host);
  }
}
