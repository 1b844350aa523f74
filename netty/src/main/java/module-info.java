/** The event-loop transport, for Netty 4.1 and 4.2. */
module io.bonito.netty {
  requires transitive io.bonito.protocol;
  requires transitive io.netty.transport;
  requires io.netty.buffer;
  requires io.netty.common;
  requires static org.jspecify;

  exports io.bonito.netty;
}
