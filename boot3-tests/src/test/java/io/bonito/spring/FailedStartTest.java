package io.bonito.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is wrong is told when the application starts, in one sentence. */
class FailedStartTest {
  private static FailureAnalysis failure(Class<?> application, String... lines) {
    Throwable failure = catchThrowable(() -> Application.overH2(application, lines).close());
    assertThat(failure).isNotNull();
    FailureAnalysis analysis = new PoolFailureAnalyzer().analyze(failure);
    assertThat(analysis).as(failure.toString()).isNotNull();
    return analysis;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bonito.pool.arguments.pool_sise=3 | pool_sise is no argument of a pool; there are [pool_",
        "bonito.pool.arguments.pool_size=many | pool_size is \"many\"; it may be: number, 0 or more",
        "bonito.pool.class=QueuePol | \"QueuePol\"; it may be: [QueuePool, SingletonThreadPool,",
        "bonito.pool.argument.pool_size=3 | this is no setting; there are class, arguments.<name>",
        "bonito.pool.enabled=maybe | bonito.pool.enabled: \"maybe\" may be: true, false",
        "bonito.pool.datasource.other.class=NullPool | no data source has this name; there are"
            + " [dataSource]",
        "bonito.budget.connections=0 | bonito.budget.connections is \"0\"; it may be: 1 or more",
        "mysqlpool.arguments.pool_sise=3 | poolsise is no argument of a pool; there are"
      })
  void aWrongNameOrValueIsToldWithTheRightOnes(String line, String told) {
    assertThat(failure(Application.Plain.class, line).getDescription()).contains(told);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hikari.connection-test-query=SELECT 1",
        "hikari.register-mbeans=true",
        "hikari.maximum-pol-size=3",
        "hikari.validation-timeout=1000",
        "hikari.exception-override-class-name=com.zaxxer.hikari.SQLExceptionOverride",
        "tomcat.jdbc-interceptors=ConnectionState",
        "tomcat.remove-abandoned=true",
        "dbcp2.pool-prepared-statements=true",
        "dbcp2.validation-query=SELECT 1"
      })
  void aSettingThatCannotBeHonouredIsRefusedByItsName(String line) {
    String type = RivalPoolNames.TYPES.get(line.substring(0, line.indexOf('.')));
    FailureAnalysis failure =
        failure(
            Application.Plain.class,
            "spring.datasource." + line,
            "spring.datasource.type="
                + (line.contains("exception-override")
                    ? "io.bonito.pool.bean.PooledDataSourceBean"
                    : type));
    assertThat(failure.getDescription())
        .startsWith("spring.datasource." + line + " cannot be honoured by Bonito's pool: ");
  }

  @Test
  void twoKeysThatContradictEachOtherAreRefused() {
    assertThat(
            failure(
                    Application.Plain.class,
                    "spring.datasource.hikari.maximum-pool-size=20",
                    "bonito.pool.arguments.pool_size=10")
                .getDescription())
        .isEqualTo(
            "bonito.pool.arguments.pool_size and spring.datasource.hikari.maximum-pool-size say"
                + " different things of dataSource; leave one");
  }

  // --- who wants HikariCP itself ---

  @EnableAutoConfiguration
  static class Injecting {
    @Bean
    Object reader(HikariDataSource source) {
      return source;
    }
  }

  @EnableAutoConfiguration
  @Configuration
  static class Calling {
    @Bean
    HikariDataSource orders() {
      return DataSourceBuilder.create()
          .type(HikariDataSource.class)
          .url(Application.freshUrl())
          .build();
    }

    @Bean
    JdbcTemplate template() {
      return new JdbcTemplate(orders());
    }
  }

  @EnableAutoConfiguration
  static class Looking {
    @Bean
    Object reader(DataSource first, org.springframework.beans.factory.BeanFactory beans) {
      return beans.getBean(HikariDataSource.class);
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {Injecting.class, Calling.class, Looking.class})
  void whoWantsHikariCpItselfIsToldSoInOneSentence(Class<?> application) {
    FailureAnalysis failure = failure(application);
    assertThat(failure.getDescription())
        .contains("is asked for as a com.zaxxer.hikari.HikariDataSource, which it no longer is");
    assertThat(failure.getAction())
        .startsWith(
            "Inject javax.sql.DataSource, which every pool is; or leave the bean to Hikari");
  }

  @Test
  void theAnalyzerSaysNothingOfOtherFailures() {
    assertThat(new PoolFailureAnalyzer().analyze(new IllegalStateException("no"))).isNull();
  }
}
