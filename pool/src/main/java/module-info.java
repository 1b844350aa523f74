/** Connection pools, and the engine that they stand on. */
module io.bonito.pool {
  requires static org.jspecify;

  exports io.bonito.pool.lending;
}
