package io.bonito.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.pool.PooledDataSource;
import io.bonito.testkit.server.Family;
import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.Servers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** An application that uses one of three drivers, on real servers; its URL stays as it was. */
@Tag("server")
class ServersTest {
  private static final List<String> URLS =
      List.of(
          "jdbc:mysql://%s:%d/%s?allowPublicKeyRetrieval=true&sslMode=DISABLED",
          "jdbc:mariadb://%s:%d/%s?allowPublicKeyRetrieval=true&sslMode=disable",
          "jdbc:bonito:mysql://%s:%d/%s");

  static Stream<Arguments> ways() {
    return Servers.selected()
        .flatMap(server -> URLS.stream().map(url -> Arguments.of(server, url)));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void anApplicationRunsOverOurPoolWithTheDriverAndUrlThatItHad(Server server, String url) {
    String schema = server.freshSchema(getClass());
    try (ConfigurableApplicationContext context =
        Application.start(
            Application.Plain.class,
            "spring.datasource.url=" + url.formatted(server.host(), server.port(), schema),
            "spring.datasource.username=" + server.user(),
            "spring.datasource.password=" + server.password(),
            "spring.datasource.hikari.data-source-properties.connectTimeout=20000",
            "spring.application.name=shop",
            "bonito.pool.class=QueuePool",
            "bonito.pool.arguments.pool_size=2")) {
      JdbcTemplate template = context.getBean(JdbcTemplate.class);
      template.execute("CREATE TABLE people (id INT PRIMARY KEY, name VARCHAR(20))");
      template.update("INSERT INTO people VALUES (?, ?)", 1, "Ada");
      assertThat(template.queryForObject("SELECT name FROM people", String.class)).isEqualTo("Ada");
      PooledDataSource pool = Application.pool(context);
      assertThat(pool.status()).startsWith("Pool size: 2");
      assertThat(pool.pool().status().opened()).isEqualTo(1);
      assertThat(pool.pool().status().borrowed()).isEqualTo(3);
      if (server.family() == Family.MYSQL) {
        assertThat(
                template.queryForObject(
                    "SELECT attr_value FROM performance_schema.session_connect_attrs WHERE"
                        + " processlist_id = CONNECTION_ID() AND attr_name = 'program_name'",
                    String.class))
            .isEqualTo("shop");
      }
    }
  }
}
