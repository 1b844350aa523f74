package io.bonito.spring;

import io.bonito.pool.bean.PooledDataSourceBean;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanNotOfRequiredTypeException;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Says in one sentence why an application does not start over our pools. */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class PoolFailureAnalyzer implements FailureAnalyzer {
  private static final String ACTION =
      "Inject javax.sql.DataSource, which every pool is; or leave the bean to %s by"
          + " bonito.pool.datasource.%s.enabled=false.";

  /** Made by Spring Boot. */
  public PoolFailureAnalyzer() {}

  @Override
  @SuppressWarnings(
      "NullAway") // Null means that another analyzer may know; Boot 3 does not say so.
  public FailureAnalysis analyze(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      FailureAnalysis analysis = analysis(cause);
      if (analysis != null) {
        return analysis;
      }
    }
    return null;
  }

  private static @Nullable FailureAnalysis analysis(Throwable cause) {
    if (cause instanceof PoolConfigurationException) {
      return new FailureAnalysis(cause.getMessage(), null, cause);
    }
    if (cause instanceof BeanNotOfRequiredTypeException wrong
        && PooledDataSourceBean.class.isAssignableFrom(wrong.getActualType())) {
      return wanted(wrong.getRequiredType().getName(), wrong.getBeanName(), cause);
    }
    if (cause instanceof NoSuchBeanDefinitionException none && none.getBeanType() != null) {
      return wanted(none.getBeanType().getName(), "<bean>", cause);
    }
    String message = String.valueOf(cause.getMessage());
    if (cause instanceof IllegalStateException
        && message.contains("[" + PooledDataSourceBean.class.getName() + "]")) {
      for (RivalPool rival : RivalPool.all()) {
        if (message.contains("for type [" + rival.className + "]")) {
          return wanted(rival.className, "<bean>", cause);
        }
      }
    }
    return null;
  }

  private static @Nullable FailureAnalysis wanted(String type, String bean, Throwable cause) {
    return RivalPool.all().stream()
        .filter(rival -> rival.className.equals(type))
        .findFirst()
        .map(
            rival ->
                new FailureAnalysis(
                    "%s is asked for as a %s, which it no longer is: bonito-spring-boot-starter"
                            .formatted(bean.startsWith("<") ? "A data source" : bean, type)
                        + " has put Bonito's pool in its place.",
                    ACTION.formatted(rival.title, bean),
                    cause))
        .orElse(null);
  }
}
