/** The non-blocking API on event loops. */
module io.bonito.async {
  requires transitive io.bonito.netty;
  requires io.netty.common;
  requires static org.jspecify;

  exports io.bonito.async;
}
