/** Connection pools, and the engine that they stand on. */
module io.bonito.pool {
  requires transitive java.sql;
  requires static io.bonito.jdbc;
  requires static io.bonito.transport;
  requires static java.management;
  requires static java.naming;
  requires static jdk.jfr;
  requires static org.crac;
  requires static org.jspecify;

  exports io.bonito.pool;
  exports io.bonito.pool.annotation;
  exports io.bonito.pool.argument;
  exports io.bonito.pool.bean;
  exports io.bonito.pool.jdbc;
  exports io.bonito.pool.kind;
  exports io.bonito.pool.lending;
  exports io.bonito.pool.management;
  exports io.bonito.pool.naming;
  exports io.bonito.pool.scope;
  exports io.bonito.pool.url;

  uses io.bonito.pool.kind.PoolKind;

  provides io.bonito.transport.Admission with
      io.bonito.pool.bonito.BudgetAdmission;
  provides java.sql.Driver with
      io.bonito.pool.url.PoolDriver;
}
