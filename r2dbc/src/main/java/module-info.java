/** The R2DBC driver. */
module io.bonito.r2dbc {
  requires transitive io.bonito.async;
  requires transitive r2dbc.spi;
  requires transitive org.reactivestreams;
  requires io.netty.common;
  requires static org.jspecify;

  exports io.bonito.r2dbc;

  provides io.r2dbc.spi.ConnectionFactoryProvider with
      io.bonito.r2dbc.BonitoConnectionFactoryProvider;
}
