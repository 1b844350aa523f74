package io.bonito.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.pool.bean.PooledDataSourceBean;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.DefaultResourceLoader;

/** Applications whose class path has less than that of the other tests. */
class ClassPathsTest {
  /** Lacks the classes of these packages. */
  private static final class Lacking extends ClassLoader {
    private final List<String> packages;

    Lacking(String... packages) {
      super(ClassPathsTest.class.getClassLoader());
      this.packages = List.of(packages);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (packages.stream().anyMatch(name::startsWith)) {
        throw new ClassNotFoundException(name);
      }
      return super.loadClass(name, resolve);
    }
  }

  @Test
  void withoutAnyOtherPoolOursIsTheOneThatBootMakes() {
    Lacking loader =
        new Lacking(
            "com.zaxxer.hikari.", "org.apache.tomcat.jdbc.pool.", "org.apache.commons.dbcp2.");
    try (ConfigurableApplicationContext context =
        new SpringApplicationBuilder(Application.Plain.class)
            .resourceLoader(new DefaultResourceLoader(loader))
            .web(WebApplicationType.NONE)
            .properties(
                "spring.datasource.url=" + Application.freshUrl(),
                "spring.datasource.hikari.maximum-pool-size=3",
                "bonito.pool.arguments.timeout=7")
            .run()) {
      assertThat(context.getBean(DataSource.class)).isInstanceOf(PooledDataSourceBean.class);
      assertThat(Application.pool(context).pool().settings().limit()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:mysql://db/shop, com.mysql.cj., io.bonito.jdbc.Driver",
    "jdbc:mariadb://db/shop, org.mariadb.jdbc., io.bonito.jdbc.Driver",
    "jdbc:bonito:mysql://db/shop, none., io.bonito.jdbc.Driver",
    "jdbc:bonito:pool:h2:mem:shop, none., io.bonito.pool.url.PoolDriver",
    "jdbc:mysql://db/shop, none.,",
    "jdbc:mariadb://db/shop, none.,",
    "jdbc:mysql://db/shop, io.bonito.jdbc.,",
    "jdbc:h2:mem:shop, com.mysql.cj.,"
  })
  void aUrlWhoseDriverBootDoesNotFindIsBonitos(String url, String lacking, String driver) {
    assertThat(
            prepared(new Lacking(lacking), "spring.datasource.url", url)
                .getProperty("spring.datasource.driver-class-name"))
        .isEqualTo(driver);
  }

  @Test
  void theBudgetOfSpringsEnvironmentIsTheProcesss() {
    try {
      prepared(new Lacking("none."), "bonito.budget.connections", "40");
      assertThat(System.getProperty("bonito.budget.connections")).isEqualTo("40");
    } finally {
      System.clearProperty("bonito.budget.connections");
    }
  }

  private static org.springframework.core.env.Environment prepared(
      ClassLoader loader, String name, String value) {
    try (GenericApplicationContext context = new GenericApplicationContext()) {
      context.setClassLoader(loader);
      context
          .getEnvironment()
          .getPropertySources()
          .addFirst(new MapPropertySource("application", java.util.Map.of(name, value)));
      new EnvironmentPreparation().initialize(context);
      return context.getEnvironment();
    }
  }
}
