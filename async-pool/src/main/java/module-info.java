/** A pool of connections that live on event loops. */
module io.bonito.async.pool {
  requires transitive io.bonito.async;
  requires transitive io.bonito.pool;
  requires static org.jspecify;

  exports io.bonito.async.pool;
}
