package io.bonito.spring;

import io.bonito.pool.PooledDataSource;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts applications as their own {@code main} would, and reads what has become of them. */
final class Application {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  @EnableAutoConfiguration
  static class Plain {}

  private Application() {}

  /** A schema in memory that no other test sees. */
  static String freshUrl() {
    return "jdbc:h2:mem:boot" + NUMBER.incrementAndGet() + ";DB_CLOSE_DELAY=-1";
  }

  /** Starts it over H2, with these lines of configuration besides. */
  static ConfigurableApplicationContext overH2(Class<?> application, String... lines) {
    String[] all = Arrays.copyOf(lines, lines.length + 2);
    all[lines.length] = "spring.datasource.url=" + freshUrl();
    all[lines.length + 1] = "spring.datasource.username=sa";
    return start(application, all);
  }

  static ConfigurableApplicationContext start(Class<?> application, String... lines) {
    return new SpringApplicationBuilder(application)
        .web(WebApplicationType.NONE)
        .properties(lines)
        .run();
  }

  static PooledDataSource pool(ConfigurableApplicationContext context, String bean) {
    try {
      return context.getBean(bean, DataSource.class).unwrap(PooledDataSource.class);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  static PooledDataSource pool(ConfigurableApplicationContext context) {
    return pool(context, "dataSource");
  }
}
