package io.bonito.spring;

import io.bonito.pool.bean.PooledDataSourceBean;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;
import org.springframework.boot.context.properties.ConfigurationPropertiesBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

/**
 * Puts our pool in the place of another one that has been configured and has not begun: the bean
 * that Spring Boot or the application made keeps its name, driver, URL and credentials.
 *
 * <p>It is the first to see a data source that is ready, so that what others wrap around it is
 * around our pool. Left as they are: pools that run already, classes that are none of those which
 * Spring Boot sets up, and data sources that pool nothing on purpose.
 */
final class PoolPostProcessor implements DestructionAwareBeanPostProcessor, PriorityOrdered {
  private static final System.Logger LOGGER = System.getLogger("io.bonito.pool");

  private final ConfigurableApplicationContext context;
  private final Map<Object, PooledDataSourceBean> replaced =
      Collections.synchronizedMap(new IdentityHashMap<>());
  private @Nullable PoolSettings settings;

  PoolPostProcessor(ConfigurableApplicationContext context) {
    this.context = context;
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }

  /** Read once, when the first data source or the end of the start asks. */
  PoolSettings settings() {
    PoolSettings present = settings;
    if (present == null) {
      present = new PoolSettings(context.getEnvironment());
      settings = present;
    }
    return present;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String beanName) {
    if (!(bean instanceof DataSource source)) {
      return bean;
    }
    String name = beanName.replaceFirst("^scopedTarget\\.", "");
    if (!settings().enabled(name)) {
      return bean;
    }
    ConfiguredPool configured =
        new ConfiguredPool(
            name, source, prefix(bean, beanName), isOfBoot(beanName), context, settings());
    PooledDataSourceBean ours = configured.make();
    if (ours == null) {
      LOGGER.log(System.Logger.Level.INFO, "{0} stays a {1}", beanName, bean.getClass().getName());
      return bean;
    }
    if (ours != bean) {
      replaced.put(bean, ours);
    }
    return ours;
  }

  private @Nullable String prefix(Object bean, String beanName) {
    ConfigurationPropertiesBean properties =
        ConfigurationPropertiesBean.get(context, bean, beanName);
    return properties == null ? null : properties.getAnnotation().prefix();
  }

  /** Whether it is the one that {@code spring.datasource} describes. */
  private boolean isOfBoot(String beanName) {
    if (!context.getBeanFactory().containsBeanDefinition(beanName)) {
      return false;
    }
    String factory = context.getBeanFactory().getBeanDefinition(beanName).getFactoryBeanName();
    return factory != null
        && factory.startsWith("org.springframework.boot.")
        && factory.contains("DataSourceConfiguration");
  }

  @Override
  public boolean requiresDestruction(Object bean) {
    return replaced.containsKey(bean);
  }

  @Override
  public void postProcessBeforeDestruction(Object bean, String beanName) {
    PooledDataSourceBean ours = replaced.remove(bean);
    if (ours != null) {
      ours.close();
    }
  }
}
