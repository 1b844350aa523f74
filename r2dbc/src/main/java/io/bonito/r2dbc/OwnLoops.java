package io.bonito.r2dbc;

import io.bonito.netty.LoopConnector;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;

/** The loops of connections that were given none: one for each processor, in daemon threads. */
final class OwnLoops {
  private static final EventLoopGroup GROUP =
      new NioEventLoopGroup(
          Runtime.getRuntime().availableProcessors(),
          new DefaultThreadFactory("bonito-r2dbc", /* daemon= */ true));

  private OwnLoops() {}

  static LoopConnector connector() {
    return LoopConnector.on(GROUP);
  }
}
