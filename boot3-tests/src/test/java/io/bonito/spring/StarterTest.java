package io.bonito.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.bonito.pool.PooledDataSource;
import io.bonito.pool.lending.Settings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What two lines, or none, make of an application. */
class StarterTest {
  private static Settings settings(ConfigurableApplicationContext context) {
    return Application.pool(context).pool().settings();
  }

  @Test
  void withoutALineItRunsOverAQueuePool() throws SQLException {
    PooledDataSource pool;
    try (ConfigurableApplicationContext context = Application.overH2(Application.Plain.class)) {
      assertThat(context.getBean(JdbcTemplate.class).queryForObject("SELECT 1", Integer.class))
          .isEqualTo(1);
      pool = Application.pool(context);
      assertThat(pool.status()).startsWith("Pool size: 5");
      assertThat(pool.pool().settings().name()).isEqualTo("dataSource");
      assertThat(pool.pool().status().borrowed()).isEqualTo(1);
    }
    assertThatThrownBy(pool::getConnection).isInstanceOf(SQLException.class);
  }

  @Test
  void twoLinesChooseThePool() {
    try (ConfigurableApplicationContext context =
        Application.overH2(
            Application.Plain.class,
            "bonito.pool.class=QueuePool",
            "bonito.pool.arguments.use_threadlocal=false",
            "bonito.pool.arguments.pool-size=3",
            "bonito.pool.arguments.max_overflow=1",
            "bonito.pool.arguments.timeout=250ms")) {
      assertThat(settings(context).limit()).isEqualTo(4);
      assertThat(settings(context).keep()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.zaxxer.hikari.HikariDataSource",
        "org.apache.tomcat.jdbc.pool.DataSource",
        "org.apache.commons.dbcp2.BasicDataSource",
        "io.bonito.pool.bean.PooledDataSourceBean",
        "org.springframework.jdbc.datasource.SimpleDriverDataSource"
      })
  void whateverTypeIsNamedThePoolIsOurs(String type) {
    try (ConfigurableApplicationContext context =
        Application.overH2(
            Application.Plain.class,
            "spring.datasource.type=" + type,
            "bonito.pool.class=AssertionPool")) {
      assertThat(Application.pool(context).status()).isEqualTo("AssertionPool");
      assertThat(context.getBean(JdbcTemplate.class).queryForObject("SELECT 2", Integer.class))
          .isEqualTo(2);
    }
  }

  /** Each of the pools that Spring Boot sets up, in its own words. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "hikari; maximum-pool-size=7 minimum-idle=2 connection-timeout=1500 max-lifetime=1800000"
            + " idle-timeout=20000 keepalive-time=60000 leak-detection-threshold=3000"
            + " pool-name=shop auto-commit=false transaction-isolation=TRANSACTION_SERIALIZABLE"
            + " initialization-fail-timeout=-1 register-mbeans=false;"
            + "limit=7 keep=7 minimumIdle=2 timeout=PT1.5S lifetime=PT30M idle=PT20S"
            + " keepAlive=PT1M leak=PT3S name=shop autoCommit=false isolation=8",
        "hikari; maximumPoolSize=3 maxLifetime=0 schema=PUBLIC;"
            + "limit=3 lifetime=PT0S schema=PUBLIC",
        "tomcat; max-active=6 max-idle=2 max-wait=1500 test-on-borrow=true max-age=60000"
            + " test-while-idle=true suspect-timeout=60 default-auto-commit=false;"
            + "limit=6 keep=2 timeout=PT1.5S checkAfter=PT0S lifetime=PT1M keepAlive=PT5S leak=PT1M"
            + " autoCommit=false",
        "tomcat; test-on-borrow=true validation-interval=30000 default-transaction-isolation=8;"
            + "checkAfter=PT30S isolation=8",
        "dbcp2; max-total=6 max-idle=4 max-wait-millis=1500 lifo=false default-schema=PUBLIC"
            + " test-while-idle=true time-between-eviction-runs-millis=7000;"
            + "limit=6 keep=4 timeout=PT1.5S order=FIFO schema=PUBLIC keepAlive=PT7S"
      })
  void settingsOfTheFormerPoolAreHonoured(String pool, String lines, String due)
      throws SQLException {
    String type = RivalPoolNames.TYPES.get(pool);
    for (String chosen : List.of(type, "io.bonito.pool.bean.PooledDataSourceBean")) {
      List<String> all = new ArrayList<>(List.of("spring.datasource.type=" + chosen));
      for (String line : lines.split(" ", -1)) {
        all.add("spring.datasource." + pool + "." + line);
      }
      try (ConfigurableApplicationContext context =
          Application.overH2(Application.Plain.class, all.toArray(String[]::new))) {
        List<String> found = new ArrayList<>();
        for (String each : due.split(" ", -1)) {
          String name = each.substring(0, each.indexOf('='));
          found.add(name + "=" + shown(context, name));
        }
        assertThat(String.join(" ", found)).as(chosen).isEqualTo(due);
      }
    }
  }

  @Test
  void aDataSourceThatOpensConnectionsIsUsedAsTheFormerPoolDid() throws SQLException {
    String url = Application.freshUrl();
    try (ConfigurableApplicationContext context =
        Application.overH2(
            Application.Plain.class,
            "spring.datasource.hikari.data-source-class-name=org.h2.jdbcx.JdbcDataSource",
            "spring.datasource.hikari.data-source-properties.url=" + url)) {
      try (var connection = Application.pool(context).getConnection()) {
        assertThat(connection.getMetaData().getURL()).isEqualTo(url.replaceFirst(";.*", ""));
        assertThat(connection.getMetaData().getUserName()).isEqualTo("SA");
      }
    }
  }

  private static Object shown(ConfigurableApplicationContext context, String name)
      throws SQLException {
    Settings settings = settings(context);
    DataSource source = context.getBean(DataSource.class);
    return switch (name) {
      case "limit" -> settings.limit();
      case "keep" -> settings.keep();
      case "minimumIdle" -> settings.minimumIdle();
      case "timeout" -> Duration.ofNanos(waited(source));
      case "lifetime" -> Duration.ofNanos(settings.lifetimeNanos());
      case "idle" -> Duration.ofNanos(settings.idleNanos());
      case "keepAlive" -> Duration.ofNanos(settings.keepAliveNanos());
      case "checkAfter" -> Duration.ofNanos(settings.checkAfterNanos());
      case "leak" -> Duration.ofNanos(settings.leakNanos());
      case "name" -> settings.name();
      case "order" -> settings.order();
      default -> {
        try (var connection = source.getConnection()) {
          yield switch (name) {
            case "autoCommit" -> connection.getAutoCommit();
            case "isolation" -> connection.getTransactionIsolation();
            case "schema" -> connection.getSchema();
            default -> throw new AssertionError(name);
          };
        }
      }
    };
  }

  /** How long borrowers wait is what the bean was told. */
  private static long waited(DataSource source) throws SQLException {
    Map<String, String> arguments =
        source.unwrap(io.bonito.pool.bean.PooledDataSourceBean.class).getArguments();
    return io.bonito.pool.argument.PoolArguments.of(arguments)
        .get(io.bonito.pool.argument.Arguments.TIMEOUT);
  }

  // --- several data sources ---

  @org.springframework.boot.autoconfigure.EnableAutoConfiguration
  static class Several {
    @Bean
    @ConfigurationProperties("app.orders")
    HikariDataSource orders() {
      return DataSourceBuilder.create().type(HikariDataSource.class).build();
    }

    @Bean
    DataSource archive() {
      return DataSourceBuilder.create().url(Application.freshUrl()).username("sa").build();
    }

    @Bean
    DataSource unpooled() {
      return new DriverManagerDataSource(Application.freshUrl(), "sa", "");
    }

    @Bean
    DataSource mine() {
      HikariDataSource running = new HikariDataSource();
      running.setJdbcUrl(Application.freshUrl());
      running.setMaximumPoolSize(1);
      try {
        running.getConnection().close();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      return running;
    }
  }

  @Test
  void eachDataSourceHasAPoolOfItsOwn() {
    try (ConfigurableApplicationContext context =
        Application.start(
            Several.class,
            "app.orders.jdbc-url=" + Application.freshUrl(),
            "app.orders.username=sa",
            "app.orders.maximum-pool-size=9",
            "bonito.pool.arguments.timeout=5",
            "bonito.pool.datasource.archive.class=NullPool",
            "bonito.pool.datasource.unpooled.arguments.pool_size=2")) {
      assertThat(Application.pool(context, "orders").pool().settings().limit()).isEqualTo(9);
      assertThat(Application.pool(context, "archive").status()).isEqualTo("NullPool");
      assertThat(Application.pool(context, "unpooled").status()).startsWith("Pool size: 2");
      assertThat(context.getBean("mine")).isInstanceOf(HikariDataSource.class);
    }
  }

  @Test
  void oneCanBeLeftAsItIs() {
    try (ConfigurableApplicationContext context =
        Application.overH2(
            Application.Plain.class, "bonito.pool.datasource.dataSource.enabled=false")) {
      assertThat(context.getBean(DataSource.class)).isInstanceOf(HikariDataSource.class);
    }
  }

  // --- the habit kept ---

  @Test
  void theHabitualNamesAreReadFromSpringsPropertiesToo() {
    try (ConfigurableApplicationContext context =
        Application.overH2(
            Application.Plain.class,
            "MYSQLPOOL_BACKEND=QueuePool",
            "MYSQLPOOL_ARGUMENTS={\"pool_size\": 4, \"max_overflow\": 0}",
            "bonito.pool.arguments.max_overflow=2")) {
      assertThat(settings(context).keep()).isEqualTo(4);
      assertThat(settings(context).limit()).isEqualTo(6);
    }
  }

  // --- Flyway and its like ---

  @Test
  void anotherDataSourceCanBeDerivedFromIt() throws SQLException {
    try (ConfigurableApplicationContext context = Application.overH2(Application.Plain.class)) {
      DataSource derived =
          DataSourceBuilder.derivedFrom(context.getBean(DataSource.class))
              .type(org.springframework.jdbc.datasource.SimpleDriverDataSource.class)
              .build();
      try (var connection = derived.getConnection()) {
        assertThat(connection.getMetaData().getURL()).startsWith("jdbc:h2:mem:boot");
      }
    }
  }
}
