package io.bonito.spring.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.testkit.server.Family;
import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.Servers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

/**
 * Applications that come to Bonito by their class path and at most one line of configuration, over
 * Boot's own pool. That line is what {@code docs/spring.md} says.
 */
@Tag("server")
class DropInTest {
  private static final String HEADING = "### Without our pools";

  static Stream<Arguments> ways() {
    return Servers.selected()
        .flatMap(
            server ->
                Stream.of(
                    Arguments.of(server, ClassPath.DRIVER, page(0)),
                    Arguments.of(server, ClassPath.DRIVER_BESIDE_THE_OTHERS, page(0)),
                    Arguments.of(server, ClassPath.STAND_INS, page(1)),
                    Arguments.of(server, ClassPath.STAND_INS, named(server))));
  }

  /** The lines of the block with this index below the heading. */
  private static List<String> page(int index) {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("docs/spring.md"))) {
      root = root.getParent();
    }
    try {
      String page = Files.readString(root.resolve("docs/spring.md"));
      String section = page.substring(page.indexOf(HEADING));
      String block = section.split("```yaml\n")[index + 1].split("```")[0];
      PropertySource<?> source =
          new YamlPropertySourceLoader()
              .load("page", new ByteArrayResource(block.getBytes(StandardCharsets.UTF_8)))
              .get(0);
      List<String> lines = new ArrayList<>();
      for (String name : ((EnumerablePropertySource<?>) source).getPropertyNames()) {
        lines.add(name + "=" + Objects.requireNonNull(source.getProperty(name)));
      }
      return lines;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** What such an application has had in its configuration for years. */
  private static List<String> named(Server server) {
    List<String> lines = new ArrayList<>(page(1));
    lines.add(
        "spring.datasource.driver-class-name="
            + (server.family() == Family.MYSQL
                ? "com.mysql.cj.jdbc.Driver"
                : "org.mariadb.jdbc.Driver"));
    return lines;
  }

  @ParameterizedTest
  @MethodSource("ways")
  void anApplicationRunsOverHikariAndBonitoWithItsUrlAsItWas(
      Server server, ClassPath classPath, List<String> lines) throws Exception {
    boolean mySql = server.family() == Family.MYSQL;
    String url =
        "jdbc:%s://%s:%d/%s"
            .formatted(
                mySql ? "mysql" : "mariadb",
                server.host(),
                server.port(),
                server.freshSchema(getClass()));
    List<String> real = new ArrayList<>();
    for (String line : lines) {
      real.add(
          line.replace("jdbc:mysql://db/shop", url)
              .replaceFirst("username=app$", "username=" + server.user())
              .replaceFirst("password=secret$", "password=" + server.password()));
    }
    real.add("management.endpoint.health.show-details=always");
    Map<String, String> observed = classPath.day(real);
    assertThat(observed)
        .containsEntry("pool", "com.zaxxer.hikari.HikariDataSource")
        .containsEntry("driver", "Bonito")
        .containsEntry("twice", "refused")
        .containsEntry("sold", "[Äpfel 1, Äpfel 2]");
    assertThat(observed.get("health")).contains("UP").contains(mySql ? "MySQL" : "MariaDB");
  }
}
