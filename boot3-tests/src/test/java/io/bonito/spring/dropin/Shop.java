package io.bonito.spring.dropin;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;

/** An application that knows nothing of Bonito: it names no class of it, and has no test's. */
public final class Shop implements AutoCloseable {
  private final ConfigurableApplicationContext context;

  @EnableAutoConfiguration
  static class Application {
    @Bean
    Till till(JdbcTemplate template) {
      return new Till(template);
    }
  }

  static class Till {
    private final JdbcTemplate template;

    Till(JdbcTemplate template) {
      this.template = template;
    }

    @Transactional
    public void sell(int... goods) {
      for (int good : goods) {
        template.update("INSERT INTO sold (good, name) VALUES (?, ?)", good, "Äpfel " + good);
      }
    }
  }

  private Shop(List<String> lines) {
    context =
        new SpringApplicationBuilder(Application.class)
            .web(WebApplicationType.NONE)
            .registerShutdownHook(false)
            .properties(lines.toArray(String[]::new))
            .run();
  }

  /**
   * Runs for a day.
   *
   * @return what an observer saw of it
   */
  public static Map<String, String> day(List<String> lines) throws Exception {
    try (Shop shop = new Shop(lines)) {
      return shop.observed();
    } finally {
      // Or DriverManager would keep this class path alive.
      for (java.sql.Driver driver : Collections.list(DriverManager.getDrivers())) {
        DriverManager.deregisterDriver(driver);
      }
    }
  }

  private Map<String, String> observed() throws Exception {
    Map<String, String> observed = new TreeMap<>();
    DataSource source = context.getBean(DataSource.class);
    observed.put("pool", source.getClass().getName());
    try (Connection connection = source.getConnection()) {
      observed.put("driver", connection.getMetaData().getDriverName());
    }
    JdbcTemplate template = context.getBean(JdbcTemplate.class);
    template.execute("CREATE TABLE sold (good INT PRIMARY KEY, name VARCHAR(20))");
    Till till = context.getBean(Till.class);
    till.sell(1, 2);
    try {
      till.sell(3, 2);
      observed.put("twice", "sold");
    } catch (DuplicateKeyException e) {
      observed.put("twice", "refused");
    }
    observed.put(
        "sold", template.queryForList("SELECT name FROM sold ORDER BY good", String.class) + "");
    observed.put("health", health());
    return observed;
  }

  /** By name: Boot 4 has moved the classes. */
  private String health() throws ReflectiveOperationException {
    Object contributor = context.getBeansOfType(Object.class).get("dbHealthContributor");
    Method health = contributor.getClass().getMethod("health");
    health.setAccessible(true);
    Object said = health.invoke(contributor);
    return said + " " + said.getClass().getMethod("getDetails").invoke(said);
  }

  @Override
  public void close() throws SQLException {
    context.close();
  }
}
