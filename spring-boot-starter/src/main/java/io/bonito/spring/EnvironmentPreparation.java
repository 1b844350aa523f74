package io.bonito.spring;

import io.bonito.pool.bean.PooledDataSourceBean;
import io.bonito.pool.url.PoolDriver;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.ClassUtils;

/**
 * What must be known before the first bean is: adds defaults under all other sources, where Spring
 * Boot by itself would find no pool or no driver, and hands the budget to the process.
 */
@Order(Ordered.LOWEST_PRECEDENCE)
public final class EnvironmentPreparation
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {
  private static final String BUDGET = "bonito.budget.connections";
  private static final String TYPE = "spring.datasource.type";
  private static final String DRIVER = "spring.datasource.driver-class-name";
  private static final String URL = "spring.datasource.url";
  private static final String OWN_DRIVER = "io.bonito.jdbc.Driver";

  /** Made by Spring Boot. */
  public EnvironmentPreparation() {}

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    ConfigurableEnvironment environment = context.getEnvironment();
    ClassLoader loader = context.getClassLoader();
    Map<String, Object> defaults = new LinkedHashMap<>();
    if (!environment.containsProperty(TYPE) && isWithoutPool(loader)) {
      defaults.put(TYPE, PooledDataSourceBean.class.getName());
    }
    String url = environment.getProperty(URL);
    String driver = url == null ? null : driver(url, loader);
    if (driver != null && !environment.containsProperty(DRIVER)) {
      defaults.put(DRIVER, driver);
    }
    if (!defaults.isEmpty()) {
      environment.getPropertySources().addLast(new MapPropertySource("bonito", defaults));
    }
    budget(environment.getProperty(BUDGET));
  }

  private static boolean isWithoutPool(@Nullable ClassLoader loader) {
    return RivalPool.all().stream()
        .noneMatch(rival -> ClassUtils.isPresent(rival.className, loader));
  }

  /** The driver's class where Boot knows none, or one that is not there; null where it does. */
  private static @Nullable String driver(String url, @Nullable ClassLoader loader) {
    if (url.startsWith(PoolDriver.PREFIX)) {
      return PoolDriver.class.getName();
    }
    boolean isOurs =
        url.startsWith("jdbc:bonito:")
            || isOrphan(url, "jdbc:mysql:", "com.mysql.cj.jdbc.Driver", loader)
            || isOrphan(url, "jdbc:mariadb:", "org.mariadb.jdbc.Driver", loader);
    return isOurs && ClassUtils.isPresent(OWN_DRIVER, loader) ? OWN_DRIVER : null;
  }

  private static boolean isOrphan(
      String url, String start, String driver, @Nullable ClassLoader loader) {
    return url.startsWith(start) && !ClassUtils.isPresent(driver, loader);
  }

  /** The budget is the process's own; so it stays where the pools look for it. */
  private static void budget(@Nullable String text) {
    if (text == null || text.equals(System.getProperty(BUDGET))) {
      return;
    }
    if (!text.trim().matches("[1-9]\\d{0,8}")) {
      throw new PoolConfigurationException(BUDGET + " is \"" + text + "\"; it may be: 1 or more");
    }
    System.setProperty(BUDGET, text.trim());
  }
}
