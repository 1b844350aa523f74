/** The JDBC driver. */
module io.bonito.jdbc {
  requires transitive java.sql;
  requires java.xml;
  requires transitive io.bonito.transport;
  requires static com.zaxxer.hikari;
  requires static jdk.jfr;
  requires static org.jspecify;

  exports io.bonito.jdbc;
  exports io.bonito.jdbc.hikari;

  provides java.sql.Driver with
      io.bonito.jdbc.AutoDriver;
}
