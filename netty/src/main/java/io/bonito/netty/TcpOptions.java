package io.bonito.netty;

import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import java.util.Locale;

/** What options say about TCP, for channels of any kind. */
final class TcpOptions {
  private TcpOptions() {}

  /** Before connecting: else the window's scale is settled without the receive buffer. */
  static void before(Bootstrap bootstrap, ConnectionOptions options) {
    bootstrap.option(ChannelOption.TCP_NODELAY, options.get(Options.TCP_NO_DELAY));
    if (options.get(Options.TCP_KEEP_ALIVE)) {
      bootstrap.option(ChannelOption.SO_KEEPALIVE, true);
    }
    if (options.get(Options.TCP_RECEIVE_BUFFER) > 0) {
      bootstrap.option(ChannelOption.SO_RCVBUF, options.get(Options.TCP_RECEIVE_BUFFER));
    }
    if (options.get(Options.TCP_SEND_BUFFER) > 0) {
      bootstrap.option(ChannelOption.SO_SNDBUF, options.get(Options.TCP_SEND_BUFFER));
    }
    if (options.get(Options.TCP_TRAFFIC_CLASS) > 0) {
      bootstrap.option(ChannelOption.IP_TOS, options.get(Options.TCP_TRAFFIC_CLASS));
    }
  }

  /**
   * Keep-alive's numbers. Each kind of channel has options of its own for them, all with the
   * system's names; a kind that has none keeps the system's setting.
   */
  static void after(Channel channel, ConnectionOptions options) {
    if (!options.get(Options.TCP_KEEP_ALIVE) || !options.localSocket().isEmpty()) {
      return;
    }
    int idle = (int) options.get(Options.TCP_KEEP_IDLE).toSeconds();
    int interval = (int) options.get(Options.TCP_KEEP_INTERVAL).toSeconds();
    int count = options.get(Options.TCP_KEEP_COUNT);
    for (ChannelOption<?> option : channel.config().getOptions().keySet()) {
      String name = option.name().toUpperCase(Locale.ROOT);
      name = name.substring(name.lastIndexOf('#') + 1);
      switch (name) {
        case "TCP_KEEPIDLE" -> set(channel, option, idle);
        case "TCP_KEEPINTERVAL", "TCP_KEEPINTVL" -> set(channel, option, interval);
        case "TCP_KEEPCOUNT", "TCP_KEEPCNT" -> set(channel, option, count);
        default -> {}
      }
    }
  }

  @SuppressWarnings("unchecked") // all of these are numbers
  private static void set(Channel channel, ChannelOption<?> option, int value) {
    if (value > 0) {
      channel.config().setOption((ChannelOption<Integer>) option, value);
    }
  }
}
