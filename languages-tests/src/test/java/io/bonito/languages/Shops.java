package io.bonito.languages;

import io.bonito.testkit.server.AdminConnection;
import io.bonito.testkit.server.Server;

/** An empty schema for a test in another language. */
final class Shops {
  private Shops() {}

  /** By Bonito's own URL. */
  static String url(String schema, Server server) {
    return url("jdbc:bonito:mysql:", schema, server);
  }

  static String url(String prefix, String schema, Server server) {
    return "%s//%s:%d/%s?user=%s&password=%s"
        .formatted(prefix, server.host(), server.port(), schema, server.user(), server.password());
  }

  static String withGoods(Class<?> test, Server server) {
    String schema = server.freshSchema(test);
    try (AdminConnection admin = server.admin()) {
      admin.execute(
          "CREATE TABLE "
              + schema
              + ".goods (id BIGINT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(50) UNIQUE, price"
              + " DECIMAL(10,2), stock INT DEFAULT 10)");
      admin.execute("CREATE TABLE " + schema + ".sales (good BIGINT, sold INT)");
    }
    return schema;
  }
}
