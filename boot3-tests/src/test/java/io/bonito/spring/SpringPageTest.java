package io.bonito.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;

/** The blocks of {@code docs/spring.md} work as they stand there. */
class SpringPageTest {
  @EnableAutoConfiguration
  static class Shop {
    @Bean
    DataSource orders() {
      return DataSourceBuilder.create().url(Application.freshUrl()).build();
    }

    @Bean
    DataSource archive() {
      return DataSourceBuilder.create().url(Application.freshUrl()).build();
    }
  }

  static Stream<String> blocks() throws IOException {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("docs/spring.md"))) {
      root = root.getParent();
    }
    String page = Files.readString(root.resolve("docs/spring.md"));
    return Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
        .matcher(page)
        .results()
        .map(block -> block.group(1));
  }

  @AfterEach
  void forgetTheBudget() {
    System.clearProperty("bonito.budget.connections");
  }

  @Test
  void thePageHasBlocks() throws IOException {
    assertThat(blocks()).hasSizeGreaterThan(4);
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void startsAnApplicationOverOurPool(String yaml) throws IOException {
    List<PropertySource<?>> sources =
        new YamlPropertySourceLoader()
            .load("page", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)));
    StandardEnvironment environment = new StandardEnvironment();
    sources.forEach(environment.getPropertySources()::addFirst);
    boolean several = yaml.contains("orders:");
    try (ConfigurableApplicationContext context =
        new SpringApplicationBuilder(several ? Shop.class : Application.Plain.class)
            .web(WebApplicationType.NONE)
            .properties("spring.datasource.url=" + Application.freshUrl())
            .environment(environment)
            .run()) {
      String name = several ? "orders" : "dataSource";
      int limit = Application.pool(context, name).pool().settings().limit();
      assertThat(limit).isEqualTo(yaml.contains("20") ? 20 : yaml.contains("10") ? 20 : 15);
      if (several) {
        assertThat(Application.pool(context, "archive").status()).isEqualTo("NullPool");
        assertThat(System.getProperty("bonito.budget.connections")).isEqualTo("30");
      }
    }
  }
}
