package io.bonito.spring;

import java.util.Map;

/** The types of the pools that Spring Boot sets up, by their prefix. */
final class RivalPoolNames {
  static final Map<String, String> TYPES =
      Map.of(
          "hikari", "com.zaxxer.hikari.HikariDataSource",
          "tomcat", "org.apache.tomcat.jdbc.pool.DataSource",
          "dbcp2", "org.apache.commons.dbcp2.BasicDataSource");

  private RivalPoolNames() {}
}
