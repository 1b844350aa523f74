package io.bonito.pool.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The five pools over a driver that needs no server. */
class PoolsOverH2Test {
  @ParameterizedTest
  @EnumSource(PoolBehaviour.class)
  void theFivePoolsBehave(PoolBehaviour behaviour) throws Exception {
    String url = "jdbc:h2:mem:" + behaviour + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=60000";
    try (Connection connection = DriverManager.getConnection(url)) {
      PoolBehaviour.update(connection, "CREATE TABLE pool_behaviour (n INT)");
      behaviour.check(() -> DriverManager.getConnection(url));
    }
  }
}
