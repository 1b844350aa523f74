/** The MySQL and MariaDB protocol without I/O; all packages are a toolkit, open to integrators. */
module io.bonito.protocol {
  exports io.bonito.protocol;

  requires static org.jspecify;

  exports io.bonito.protocol.auth;
  exports io.bonito.protocol.buffer;
  exports io.bonito.protocol.failure;
  exports io.bonito.protocol.exchange;
  exports io.bonito.protocol.message;
  exports io.bonito.protocol.option;
  exports io.bonito.protocol.packet;
  exports io.bonito.protocol.tls;
  exports io.bonito.protocol.row;
  exports io.bonito.protocol.sql;
  exports io.bonito.protocol.value;

  uses io.bonito.protocol.value.Codec;
}
