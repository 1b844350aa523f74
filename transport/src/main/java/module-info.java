/** The blocking transport: TCP, Unix domain sockets, TLS. */
module io.bonito.transport {
  requires transitive io.bonito.protocol;
  requires static org.jspecify;

  exports io.bonito.transport;

  uses io.bonito.transport.Admission;
  uses io.bonito.transport.NamedSocketOpener;
}
