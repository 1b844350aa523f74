package io.bonito.conformance.types;

import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.option.ZeroDateTimeBehavior;
import io.bonito.protocol.value.WireFormat;
import io.bonito.testkit.server.Server;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** All ways to a schema of their own on one server. */
final class Ways implements AutoCloseable {
  private final EventLoopGroup group = new NioEventLoopGroup(1);
  private final List<Way> all = new ArrayList<>();

  Ways(Server server, String hint) throws Exception {
    this(server, hint, ZeroDateTimeBehavior.EXCEPTION);
  }

  Ways(Server server, String hint, ZeroDateTimeBehavior zeroDates) throws Exception {
    String schema = server.freshSchema(hint);
    ConnectionOptions options =
        ConnectionOptions.builder()
            .set(Options.HOST, server.host())
            .set(Options.PORT, server.port())
            .set(Options.USER, server.user())
            .set(Options.DATABASE, schema)
            .set(Options.ZERO_DATE_TIME_BEHAVIOR, zeroDates)
            .build();
    String url = "jdbc:bonito://" + server.host() + ":" + server.port() + "/" + schema;
    for (WireFormat format : WireFormat.values()) {
      all.add(new BlockingWay(options, format));
      all.add(new LoopWay(options, group, format));
      all.add(
          new JdbcWay(
              url + "?zeroDateTimeBehavior=" + zeroDates,
              server.user(),
              server.password(),
              format));
    }
  }

  List<Way> all() {
    return all;
  }

  Way first() {
    return all.get(0);
  }

  @Override
  public void close() throws Exception {
    for (Way way : all) {
      way.close();
    }
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
