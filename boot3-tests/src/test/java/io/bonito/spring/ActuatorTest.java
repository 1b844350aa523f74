package io.bonito.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** What looks at the pool goes on seeing it. */
class ActuatorTest {
  @Test
  void metricsAndHealthAreThoseOfOurPool() throws Exception {
    try (ConfigurableApplicationContext context =
        Application.overH2(
            Application.Plain.class,
            "bonito.pool.arguments.pool_size=3",
            "bonito.pool.arguments.max_overflow=4",
            "management.endpoint.health.show-details=always")) {
      MeterRegistry meters = context.getBean(MeterRegistry.class);
      try (Connection held = context.getBean(DataSource.class).getConnection()) {
        assertThat(held.isValid(1)).isTrue();
        assertThat(gauge(meters, "active")).isEqualTo(1);
        assertThat(gauge(meters, "max")).isEqualTo(7);
        assertThat(gauge(meters, "min")).isEqualTo(0);
      }
      assertThat(gauge(meters, "active")).isEqualTo(0);
      assertThat(gauge(meters, "idle")).isEqualTo(1);
      assertThat(health(context)).contains("UP").contains("H2");
    }
  }

  private static double gauge(MeterRegistry meters, String name) {
    return meters.get("jdbc.connections." + name).tag("name", "dataSource").gauge().value();
  }

  /** By name: Boot 4 has moved the classes. */
  private static String health(ConfigurableApplicationContext context) throws Exception {
    Map<String, ?> all = context.getBeansOfType(Object.class);
    Object contributor = all.get("dbHealthContributor");
    Method health = contributor.getClass().getMethod("health");
    health.setAccessible(true);
    Object said = health.invoke(contributor);
    Method details = said.getClass().getMethod("getDetails");
    return said + " " + details.invoke(said);
  }
}
