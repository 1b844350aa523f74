package io.bonito.pool.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.pool.PooledDataSource;
import io.bonito.pool.jdbc.Lease;
import io.bonito.testkit.server.Server;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.h2.jdbc.JdbcConnection;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class PoolDriverTest {
  private static final String H2 = "jdbc:bonito:pool:h2:mem:";

  @Test
  void aUrlAloneMakesAPoolOfTheDriversConnections() throws SQLException {
    String url = H2 + "alone?poolClass=QueuePool&pool_size=2&max_overflow=0&logging_name=shop";
    Connection physical;
    try (Connection connection = DriverManager.getConnection(url)) {
      assertThat(connection.isWrapperFor(Lease.class)).isTrue();
      physical = connection.unwrap(JdbcConnection.class);
    }
    try (Connection connection = DriverManager.getConnection(url)) {
      assertThat(connection.unwrap(JdbcConnection.class)).isSameAs(physical);
    }
    assertThat(PoolDriver.pool(url, null).status()).startsWith("Pool size: 2 ");
    assertThat(PoolDriver.pool(url, null).pool().settings().name()).isEqualTo("shop");
  }

  @Test
  void whatIsNoArgumentOfAPoolIsTheDrivers() {
    PoolUrl url = PoolUrl.parse("jdbc:bonito:pool:mysql://db/a?useSSL=true&pool_size=3&x=%3D");
    assertThat(url.driverUrl()).isEqualTo("jdbc:mysql://db/a?useSSL=true&x=%3D");
    assertThat(url.arguments()).isEqualTo(Map.of("pool_size", "3"));
    assertThat(PoolUrl.parse("jdbc:bonito:pool:mysql://db/a?pool_size=3").driverUrl())
        .isEqualTo("jdbc:mysql://db/a");
    assertThat(PoolUrl.parse("jdbc:bonito:pool:bonito:mysql://db/a").driverUrl())
        .isEqualTo("jdbc:bonito:mysql://db/a");
  }

  @Test
  void theOrderOfArgumentsMakesNoOtherPool() throws SQLException {
    PooledDataSource pool = PoolDriver.pool(H2 + "order?user=sa&password=a&timeout=5", null);
    assertThat(PoolDriver.pool(H2 + "order?timeout=5&password=a&user=sa", null)).isSameAs(pool);
    assertThat(PoolDriver.pool(H2 + "order?timeout=5&password=b&user=sa", null)).isNotSameAs(pool);
  }

  @Test
  void objectsAmongThePropertiesCountByEquals() throws SQLException {
    Object factory = new Object();
    PooledDataSource pool = PoolDriver.pool(H2 + "objects", properties("factory", factory));
    assertThat(PoolDriver.pool(H2 + "objects", properties("factory", factory))).isSameAs(pool);
    assertThat(PoolDriver.pool(H2 + "objects", properties("factory", new Object())))
        .isNotSameAs(pool);
  }

  @Test
  void noPasswordStandsInAKey() {
    PoolKey key =
        new PoolKey(
            PoolUrl.parse("jdbc:bonito:pool:mysql://app:open-sesame@db/a?password=open-sesame"),
            properties("password", "open-sesame"));
    assertThat(key.toString()).doesNotContain("open-sesame");
    assertThat(key)
        .usingRecursiveAssertion()
        .allFieldsSatisfy(field -> !String.valueOf(field).contains("open-sesame"));
  }

  @Test
  void otherArgumentsForTheSameConnectionsAreRefused() throws SQLException {
    PoolDriver.pool(H2 + "twice?pool_size=2", null);
    assertThatThrownBy(() -> PoolDriver.pool(H2 + "twice?pool_size=3", null))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("{pool_size=2}")
        .hasMessageContaining("{pool_size=3}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pool_sise=2", "poolClas=QueuePool", "tiemout=3", "recyle=5"})
  void aTypingErrorFails(String parameter) {
    assertThatThrownBy(() -> DriverManager.getConnection(H2 + "typo?" + parameter))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("is no argument of a pool and none of the driver; is it ");
  }

  /** Two letters from "linger"; whichever driver takes the URL. */
  @Test
  void connectorJsLoggerIsNoTypingError() throws SQLException {
    assertThat(PoolDriver.pool(H2 + "logger?logger=Slf4JLogger", null).status()).isNotEmpty();
  }

  @Test
  void whatTheDriverListsIsNoTypingError() throws SQLException {
    Driver listing =
        (Driver)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Driver.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "acceptsURL" -> ((String) arguments[0]).startsWith("jdbc:listing:");
                      case "getPropertyInfo" ->
                          new DriverPropertyInfo[] {new DriverPropertyInfo("lingers", null)};
                      default -> null;
                    });
    DriverManager.registerDriver(listing);
    try {
      assertThat(PoolDriver.pool("jdbc:bonito:pool:listing:a?lingers=1", null).status())
          .isNotEmpty();
      assertThatThrownBy(() -> PoolDriver.pool("jdbc:bonito:pool:listing:a?lingrs=1", null))
          .hasMessageContaining("is it linger?");
    } finally {
      DriverManager.deregisterDriver(listing);
    }
  }

  @Test
  void aWrongValueFailsWithWhatItMayBe() {
    assertThatThrownBy(() -> DriverManager.getConnection(H2 + "wrong?pool_size=many"))
        .hasMessageContaining("pool_size is \"many\"; it may be: number, 0 or more");
    assertThatThrownBy(() -> DriverManager.getConnection(H2 + "wrong?pool_class=HikariPool"))
        .hasMessageContaining("QueuePool, SingletonThreadPool");
  }

  @Test
  void whereThereIsNoDriverItSaysForWhat() {
    assertThatThrownBy(() -> DriverManager.getConnection("jdbc:bonito:pool:sqlite:/tmp/x?a=b"))
        .hasMessage("there is no driver for jdbc:sqlite:");
    assertThatThrownBy(() -> DriverManager.getConnection("jdbc:bonito:pool:jdbc:h2:mem:x"))
        .hasMessageContaining("without its jdbc:");
  }

  @Test
  void anotherUserHasAnotherPool() throws SQLException {
    String url = H2 + "users";
    try (Connection admin = DriverManager.getConnection(url, "sa", "");
        var statement = admin.createStatement()) {
      statement.execute("CREATE USER guest PASSWORD 'guest'");
      try (Connection guest = DriverManager.getConnection(url, "guest", "guest")) {
        assertThat(guest.getMetaData().getUserName()).isEqualTo("GUEST");
      }
    }
  }

  private static Properties properties(String name, Object value) {
    Properties properties = new Properties();
    properties.put(name, value);
    return properties;
  }

  @Tag("server")
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void everyDriversUrlIsPooled(Server server) throws SQLException {
    Map<String, String> withoutTls =
        Map.of(
            "mysql", "sslMode=DISABLED", "mariadb", "sslMode=disable", "bonito:mysql", "timeout=9");
    for (String scheme : withoutTls.keySet()) {
      String url =
          "jdbc:bonito:pool:%s://%s:%d/?pool_size=1&allowPublicKeyRetrieval=true&%s"
              .formatted(scheme, server.host(), server.port(), withoutTls.get(scheme));
      try (Connection connection =
          DriverManager.getConnection(url, server.user(), server.password())) {
        assertThat(connection.isValid(60)).as(url).isTrue();
      }
      Properties properties = properties("user", server.user());
      properties.put("password", server.password());
      PooledDataSource pool = PoolDriver.pool(url, properties);
      assertThat(pool.pool().status().opened()).isEqualTo(1);
      pool.close();
    }
  }
}
