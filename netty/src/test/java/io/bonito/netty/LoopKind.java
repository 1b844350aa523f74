package io.bonito.netty;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.util.Arrays;
import java.util.stream.Stream;

/** What a host's loops may be. */
enum LoopKind {
  NIO {
    @Override
    EventLoopGroup one() {
      return Loops.one();
    }

    @Override
    LoopConnector on(EventLoopGroup group) {
      return LoopConnector.on(group);
    }
  },
  EPOLL {
    @Override
    EventLoopGroup one() {
      return new EpollEventLoopGroup(1);
    }

    @Override
    LoopConnector on(EventLoopGroup group) {
      return LoopConnector.on(group)
          .tcp(EpollSocketChannel::new)
          .unix(EpollDomainSocketChannel::new, DomainSocketAddress::new);
    }
  };

  abstract EventLoopGroup one();

  abstract LoopConnector on(EventLoopGroup group);

  /** Those that this machine has. */
  static Stream<LoopKind> here() {
    return Arrays.stream(values()).filter(kind -> kind == NIO || Epoll.isAvailable());
  }
}
