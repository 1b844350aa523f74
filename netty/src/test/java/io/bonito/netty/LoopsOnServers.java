package io.bonito.netty;

import static io.bonito.netty.Loops.await;

import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.Servers;
import io.netty.channel.EventLoopGroup;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.provider.Arguments;

/** One loop of each kind that this machine has, before each real server. */
abstract class LoopsOnServers {
  static final Map<LoopKind, EventLoopGroup> LOOPS = new EnumMap<>(LoopKind.class);
  static final String PLACES = "places";

  static Stream<Arguments> places() {
    return Servers.selected()
        .flatMap(server -> LoopKind.here().map(kind -> Arguments.of(server, kind)));
  }

  @AfterAll
  static void end() {
    LOOPS.values().forEach(Loops::end);
    LOOPS.clear();
  }

  static LoopConnection connect(Server server, LoopKind kind) throws Exception {
    return connect(options(server).build(), kind);
  }

  static LoopConnection connect(ConnectionOptions options, LoopKind kind) throws Exception {
    return await(connecting(options, kind));
  }

  static CompletionStage<LoopConnection> connecting(ConnectionOptions options, LoopKind kind) {
    return kind.on(LOOPS.computeIfAbsent(kind, LoopKind::one)).connect(options);
  }

  static ConnectionOptions.Builder options(Server server) {
    return ConnectionOptions.builder()
        .set(Options.HOST, server.host())
        .set(Options.PORT, server.port())
        .set(Options.USER, server.user());
  }
}
