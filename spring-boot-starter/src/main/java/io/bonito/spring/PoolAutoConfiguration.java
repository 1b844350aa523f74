package io.bonito.spring;

import io.bonito.pool.PooledDataSource;
import io.bonito.pool.bean.PooledDataSourceBean;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the pools under the data sources of an application. */
@AutoConfiguration(
    beforeName = {
      "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
      "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration"
    })
@ConditionalOnClass(name = "org.springframework.jdbc.datasource.DataSourceUtils")
public class PoolAutoConfiguration {
  /** Made by Spring. */
  public PoolAutoConfiguration() {}

  @Bean
  static PoolPostProcessor bonitoPoolPostProcessor(ConfigurableApplicationContext context) {
    return new PoolPostProcessor(context);
  }

  /** Whether each name in the settings is a data source's. */
  @Bean
  static SmartInitializingSingleton bonitoPoolNames(
      PoolPostProcessor processor, ConfigurableApplicationContext context) {
    return () -> {
      Set<String> names = new LinkedHashSet<>();
      for (String name : context.getBeanNamesForType(DataSource.class, true, false)) {
        names.add(name.replaceFirst("^scopedTarget\\.", ""));
      }
      // A bean that was declared as another pool and is ours now.
      List.of(context.getBeanDefinitionNames()).stream()
          .filter(name -> context.getBeanFactory().containsSingleton(name))
          .filter(name -> context.getBeanFactory().getSingleton(name) instanceof DataSource)
          .forEach(names::add);
      processor.settings().refuseUnknown(names);
    };
  }

  /** What Actuator asks. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(
      name = "org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider")
  static class Metadata {
    @Bean
    DataSourcePoolMetadataProvider bonitoPoolMetadataProvider() {
      return dataSource -> {
        PooledDataSource pool = pool(dataSource);
        // Null means that another provider may know it.
        return pool == null ? nothing() : new PoolMetadata(pool);
      };
    }

    @SuppressWarnings("NullAway") // Boot 3 does not say that it may be null.
    private static PoolMetadata nothing() {
      return null;
    }

    private static @Nullable PooledDataSource pool(DataSource dataSource) {
      PooledDataSourceBean bean =
          DataSourceUnwrapper.unwrap(dataSource, PooledDataSourceBean.class);
      try {
        return bean != null
            ? bean.open()
            : DataSourceUnwrapper.unwrap(dataSource, PooledDataSource.class);
      } catch (SQLException e) {
        return null;
      }
    }
  }
}
