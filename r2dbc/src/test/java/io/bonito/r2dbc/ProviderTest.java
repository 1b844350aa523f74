package io.bonito.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.option.Peer;
import io.bonito.protocol.option.Scheme;
import io.bonito.protocol.option.TlsMode;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.R2dbcException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProviderTest {
  private static ConnectionOptions options(String url, String family) {
    return BonitoConnectionFactoryProvider.connectionOptions(
        ConnectionFactoryOptions.parse(url), family);
  }

  @Test
  void urlsOfOursAndOfAbsentDriversAreFound() {
    for (String url :
        new String[] {
          "r2dbc:bonito:mysql://h/d", "r2dbc:bonito:mariadb://h/d", "r2dbc:bonito://h",
          "r2dbc:mysql://h/d", "r2dbc:mariadb://h/d", "r2dbcs:bonito:mysql://h"
        }) {
      assertThat(ConnectionFactories.get(url)).isInstanceOf(BonitoConnectionFactory.class);
    }
    assertThat(ConnectionFactories.get("r2dbc:bonito:mariadb://h").getMetadata().getName())
        .isEqualTo("MariaDB");
    assertThat(ConnectionFactories.find(ConnectionFactoryOptions.parse("r2dbc:bonito:oracle://h")))
        .isNull();
  }

  @Test
  void aRivalsUrlIsTheRivalsWhereItIsVisible() {
    ConnectionFactoryOptions mysql = ConnectionFactoryOptions.parse("r2dbc:mysql://h/d");
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread()
        .setContextClassLoader(
            new ClassLoader(before) {
              @Override
              public URL getResource(String name) {
                return name.startsWith("io/asyncer/")
                    ? ProviderTest.class.getResource("ProviderTest.class")
                    : super.getResource(name);
              }
            });
    try {
      assertThat(new BonitoConnectionFactoryProvider().supports(mysql)).isFalse();
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
    assertThat(new BonitoConnectionFactoryProvider().supports(mysql)).isTrue();
  }

  @Test
  void optionsHaveTheNamesOfJdbcUrls() {
    ConnectionOptions options =
        options(
            "r2dbcs:bonito:mysql://app:se%40cret@db.example.org:3307/shop?useServerPrepStmts=false"
                + "&unknown=1&connectTimeout=5000",
            "mysql");
    assertThat(options.target()).isEqualTo("db.example.org:3307");
    assertThat(options.user()).isEqualTo("app");
    assertThat(options.password().reveal()).isEqualTo("se@cret");
    assertThat(options.database()).isEqualTo("shop");
    assertThat(options.scheme()).isEqualTo(Scheme.MYSQL);
    assertThat(options.get(Options.CONNECT_TIMEOUT)).isEqualTo(Duration.ofSeconds(5));
    assertThat(options.tlsMode(Peer.REMOTE)).isNotEqualTo(TlsMode.DISABLED);
    assertThat(
            BonitoConnectionFactoryProvider.connectionOptions(
                    ConnectionFactoryOptions.builder()
                        .option(ConnectionFactoryOptions.HOST, "h")
                        .option(ConnectionFactoryOptions.CONNECT_TIMEOUT, Duration.ofSeconds(7))
                        .option(ConnectionFactoryOptions.STATEMENT_TIMEOUT, Duration.ofSeconds(8))
                        .build(),
                    "")
                .get(Options.STATEMENT_TIMEOUT))
        .isEqualTo(Duration.ofSeconds(8));
    assertThatThrownBy(() -> ConnectionFactories.get("r2dbc:bonito:mysql://h?useServerPrepStmts=x"))
        .isInstanceOf(R2dbcException.class);
    assertThatThrownBy(() -> ConnectionFactories.get("r2dbc:bonito:mysql://h?pipelining=yes"))
        .isInstanceOf(R2dbcException.class)
        .hasMessageContaining("pipelining");
  }

  @Test
  void theModulePathFindsTheSameAsTheClassPath() throws IOException {
    try (InputStream services =
        BonitoConnectionFactoryProvider.class.getResourceAsStream(
            "/META-INF/services/io.r2dbc.spi.ConnectionFactoryProvider")) {
      assertThat(new String(services.readAllBytes()).strip())
          .isEqualTo(BonitoConnectionFactoryProvider.class.getName());
    }
  }
}
