/** An application that names Bonito's modules, as they are in the staged jars. */
module io.bonito.consumer {
  requires io.bonito.jdbc;
  requires io.bonito.netty;
}
