/** The JDBC driver. */
module io.bonito.jdbc {
  requires transitive java.sql;
  requires transitive io.bonito.transport;
  requires static org.jspecify;
}
