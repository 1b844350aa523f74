package io.bonito.spring;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The pools that Spring Boot sets up by itself, and what their settings are in our words. Their
 * classes need not be there.
 */
enum RivalPool {
  HIKARI("HikariCP", "com.zaxxer.hikari.HikariDataSource", "hikari", "pool") {
    @Override
    void translate(String property, Translation setting) {
      switch (property) {
        case "jdbcurl", "username", "password", "driverclassname", "credentials" -> {}
        case "datasourceclassname", "datasourcejndi", "datasource" -> {}
        case "maximumpoolsize" -> setting.total();
        case "minimumidle" -> setting.argument("minimum_idle");
        case "connectiontimeout" -> setting.duration("timeout", 1);
        case "idletimeout" -> setting.duration("idle", 1);
        case "keepalivetime" -> setting.duration("keep_alive", 1);
        case "maxlifetime" -> setting.duration("recycle", 1);
        case "leakdetectionthreshold" -> setting.duration("leak", 1);
        case "poolname" -> setting.argument("logging_name");
        case "autocommit" -> setting.argument("auto_commit");
        case "readonly" -> setting.argument("read_only");
        case "connectioninitsql" -> setting.argument("initial_sql");
        case "transactionisolation" -> setting.isolation();
        case "catalog", "schema" -> setting.argument(property);
        // It can be suspended without having been told before.
        case "allowpoolsuspension" -> setting.only("it is true or false", "true", "false");
        case "connectiontestquery" -> throw setting.refusal(CHECKS);
        case "initializationfailtimeout" ->
            setting.only("the pool opens its first connection when it is asked for one", "-1", "1");
        case "validationtimeout" ->
            setting.only("a check takes as long as its borrower waits", "5000", "5s");
        case "isolateinternalqueries", "registermbeans" -> setting.only(NOTHING, "false");
        default -> {
          if (!property.startsWith("datasourceproperties")) {
            throw setting.refusal(NOTHING);
          }
        }
      }
    }
  },

  TOMCAT("Tomcat's pool", "org.apache.tomcat.jdbc.pool.DataSource", "tomcat", "pool") {
    @Override
    void translate(String property, Translation setting) {
      switch (property) {
        case "url", "username", "password", "driverclassname", "connectionproperties" -> {}
        case "datasourcejndi", "datasource", "poolproperties" -> {}
        case "maxactive" -> setting.total();
        case "maxidle" -> setting.kept();
        case "minidle" -> setting.argument("minimum_idle");
        case "initialsize" -> setting.only(FILLS, "0");
        case "maxwait" -> setting.duration("timeout", 1);
        case "maxage" -> setting.duration("recycle", 1);
        case "minevictableidletimemillis" -> setting.duration("idle", 1);
        case "testonborrow" -> checksAtBorrow(setting);
        case "validationinterval" -> setting.duration("check_after", 0);
        case "testwhileidle" -> setting.checksIdle();
        case "timebetweenevictionrunsmillis" -> setting.period();
        case "suspecttimeout" -> suspect(setting);
        case "name" -> setting.argument("logging_name");
        case "initsql" -> setting.argument("initial_sql");
        case "defaultautocommit" -> setting.argument("auto_commit");
        case "defaultreadonly" -> setting.argument("read_only");
        case "defaultcatalog" -> setting.argument("catalog");
        case "defaulttransactionisolation" -> setting.isolation();
        case "commitonreturn" -> {
          if (setting.flag()) {
            setting.argument("reset_on_return", "commit");
          }
        }
        // Open transactions are rolled back anyway, and waiting is fair anyway.
        case "rollbackonreturn", "fairqueue" -> setting.only("it does so always", "true", "false");
        case "validationquery", "validatorclassname", "validator" -> throw setting.refusal(CHECKS);
        case "validationquerytimeout" -> setting.only(CHECKS, "-1", "0");
        case "jmxenabled", "testonconnect", "testonreturn", "removeabandoned", "logabandoned" ->
            setting.only(NOTHING, "false");
        case "alternateusernameallowed", "logvalidationerrors", "uselock" ->
            setting.only(NOTHING, "false");
        default -> {
          if (!property.startsWith("dbproperties")) {
            throw setting.refusal(NOTHING);
          }
        }
      }
    }
  },

  DBCP("Commons DBCP", "org.apache.commons.dbcp2.BasicDataSource", "dbcp2", "dataSource") {
    @Override
    void translate(String property, Translation setting) {
      switch (property) {
        case "url", "username", "password", "driverclassname", "driver", "driverclassloader" -> {}
        case "connectionproperties" -> {}
        case "maxtotal" -> setting.total();
        case "maxidle" -> setting.kept();
        case "minidle" -> setting.argument("minimum_idle");
        case "initialsize" -> setting.only(FILLS, "0");
        case "maxwait", "maxwaitmillis" -> setting.duration("timeout", 0);
        case "maxconn", "maxconnlifetimemillis", "maxconnduration" ->
            setting.duration("recycle", 1);
        case "minevictableidle", "minevictableidletimemillis", "minevictableidleduration" ->
            setting.duration("idle", 1);
        case "lifo" -> setting.argument("idle_order", setting.flag() ? "lifo" : "fifo");
        case "testonborrow" -> checksAtBorrow(setting);
        case "testwhileidle" -> setting.checksIdle();
        case "durationbetweenevictionruns", "timebetweenevictionrunsmillis" -> setting.period();
        case "connectioninitsqls", "connectioninitsqls[0]" -> setting.argument("initial_sql");
        case "defaultautocommit" -> setting.argument("auto_commit");
        case "defaultreadonly" -> setting.argument("read_only");
        case "defaultcatalog" -> setting.argument("catalog");
        case "defaultschema" -> setting.argument("schema");
        case "defaulttransactionisolation" -> setting.isolation();
        case "rollbackonreturn" ->
            setting.argument("reset_on_return", setting.flag() ? "rollback" : "none");
        case "validationquery" -> throw setting.refusal(CHECKS);
        case "validationquerytimeout", "validationquerytimeoutduration" ->
            setting.only(CHECKS, "-1");
        case "enableautocommitonreturn", "autocommitonreturn", "cachestate" ->
            setting.only("what a borrower changes is put back always", "true");
        case "accesstounderlyingconnectionallowed" ->
            setting.only("unwrap always reaches the driver's own connection", "true");
        case "testoncreate", "testonreturn", "poolpreparedstatements", "logabandoned" ->
            setting.only(NOTHING, "false");
        case "removeabandonedonborrow", "removeabandonedonmaintenance", "fastfailvalidation" ->
            setting.only(NOTHING, "false");
        case "abandonedusagetracking", "logexpiredconnections", "clearstatementpoolonreturn" ->
            setting.only(NOTHING, "false");
        default -> throw setting.refusal(NOTHING);
      }
    }
  };

  private static final String NOTHING = "it has nothing of the kind";
  private static final String CHECKS = "connections are checked by Connection.isValid";
  private static final String FILLS = "minimum_idle says how many are opened at the start";

  final String title;
  final String className;

  /** Below {@code spring.datasource}. */
  final String prefix;

  /** The field that is null until the pool begins. */
  final String begun;

  RivalPool(String title, String className, String prefix, String begun) {
    this.begun = begun;
    this.title = title;
    this.className = className;
    this.prefix = "spring.datasource." + prefix;
  }

  /**
   * Says one setting in our words.
   *
   * @param property its plain name
   * @throws PoolConfigurationException where there are no words for it
   */
  abstract void translate(String property, Translation setting);

  static Optional<RivalPool> of(Object dataSource) {
    String type = dataSource.getClass().getName();
    return all().stream().filter(each -> each.className.equals(type)).findFirst();
  }

  static List<RivalPool> all() {
    return Arrays.asList(values());
  }

  private static void checksAtBorrow(Translation setting) {
    if (setting.flag()) {
      setting.argument("pre_ping", "true");
    }
  }

  private static void suspect(Translation setting) {
    setting.argument("leak", "0".equals(setting.text()) ? "-1" : setting.text() + "s");
  }
}
