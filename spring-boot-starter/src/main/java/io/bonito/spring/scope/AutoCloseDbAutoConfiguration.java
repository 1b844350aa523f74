package io.bonito.spring.scope;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.core.task.TaskDecorator;

/** Reads {@code @AutoCloseDb}, and puts tasks into scopes where that is asked for. */
@AutoConfiguration(
    beforeName = {
      "org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration",
      "org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration"
    })
@ConditionalOnClass(
    name = {
      "org.springframework.jdbc.datasource.ConnectionHolder",
      "org.springframework.aop.support.AbstractPointcutAdvisor"
    })
public class AutoCloseDbAutoConfiguration {
  /** Made by Spring. */
  public AutoCloseDbAutoConfiguration() {}

  @Bean
  static AutoCloseDbPostProcessor bonitoAutoCloseDbPostProcessor(Environment environment) {
    return new AutoCloseDbPostProcessor(
        environment.getProperty("spring.aop.proxy-target-class", Boolean.class, true));
  }

  /** Each task of Spring's own executor and scheduler has a scope. */
  @Bean
  @ConditionalOnProperty("bonito.auto-close.tasks")
  @ConditionalOnMissingBean(TaskDecorator.class)
  TaskDecorator bonitoTaskDecorator() {
    return new AutoCloseDbTaskDecorator();
  }
}
