package io.bonito.protocol.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class JdbcUrlFuzzTest {
  private static final int ROUNDS = 50_000;

  private static final String[] PIECES = {
    "jdbc:",
    "bonito:",
    "mysql:",
    "mariadb:",
    "//",
    "/",
    "?",
    "&",
    "=",
    ",",
    "@",
    ":",
    "#",
    "%",
    "%2F",
    "%25",
    "%00",
    "%C3%BC",
    "%zz",
    "[",
    "]",
    "(",
    ")",
    "::1",
    "address=",
    "(host=db)",
    "(port=1)",
    "db",
    "app",
    "3306",
    "user=",
    "password=x",
    "useSSL=false",
    "sslMode=trust",
    "loadbalance:",
    " ",
    "\t",
    "ü",
    "\uD83D\uDE00",
    "\uD800",
    "connectTimeout=5",
    "x",
    ".",
    "-",
    "strictOptions=true",
    "prepStmtCacheSize=1",
    "localSocket=/run/x",
    ";",
    "\\",
    "'",
    "+",
  };

  @Test
  void aUrlIsRefusedOrPrintsToAFixedPoint() {
    int parsed = 0;
    for (int round = 0; round < ROUNDS; round++) {
      RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(round);
      String text = url(random);
      JdbcUrl url;
      try {
        url = JdbcUrl.parse(text);
      } catch (OptionException e) {
        continue;
      }
      parsed++;
      String printed = url.print();
      JdbcUrl again = JdbcUrl.parse(printed);
      assertThat(again).as("round %d: %s", round, text).isEqualTo(url);
      assertThat(again.print()).isEqualTo(printed);
      try {
        ConnectionOptions options = url.options(new Properties());
        assertThat(ConnectionOptions.of(options.texts(/* withSecrets= */ true)).texts(true))
            .as("round %d: %s", round, text)
            .isEqualTo(options.texts(/* withSecrets= */ true));
      } catch (OptionException e) {
        // several servers, or a wrong value
      }
    }
    assertThat(parsed).isGreaterThan(ROUNDS / 20);
  }

  private static String url(RandomGenerator random) {
    StringBuilder url = new StringBuilder();
    if (random.nextInt(10) > 0) {
      url.append("jdbc:").append(random.nextBoolean() ? "mysql:" : "bonito:").append("//");
    }
    if (random.nextBoolean()) {
      url.append("db/");
    }
    if (random.nextInt(3) > 0) {
      url.append('?');
    }
    int pieces = random.nextInt(8);
    for (int i = 0; i < pieces; i++) {
      url.append(PIECES[random.nextInt(PIECES.length)]);
      if (random.nextInt(4) == 0) {
        url.append('&');
      }
    }
    return url.toString();
  }
}
