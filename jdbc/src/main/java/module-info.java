/** The JDBC driver. */
module io.bonito.jdbc {
  requires transitive java.sql;
  requires java.xml;
  requires transitive io.bonito.transport;
  requires static org.jspecify;

  exports io.bonito.jdbc;

  provides java.sql.Driver with
      io.bonito.jdbc.AutoDriver;
}
