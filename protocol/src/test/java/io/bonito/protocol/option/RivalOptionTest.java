package io.bonito.protocol.option;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every name that one of the rivals knows, or knew: what becomes of a URL that holds it. */
class RivalOptionTest {
  static List<String> names() throws IOException {
    InputStream list = RivalOptionTest.class.getResourceAsStream("rival-properties.txt");
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(list, UTF_8))) {
      return lines.lines().filter(line -> !line.startsWith("#")).toList();
    }
  }

  private static ConnectionOptions options(String scheme, String name, String text) {
    Properties properties = new Properties();
    properties.setProperty(name, text);
    return JdbcUrl.parse(scheme + "//db/").options(properties);
  }

  @Test
  void theListHasThemAll() throws IOException {
    assertThat(names()).hasSizeGreaterThan(300).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("names")
  void isHonouredOrHarmlessOrWarnedOfOrRefusedWithTheReasonButNeverUnknown(String name) {
    Optional<Option<?>> ours = Options.find(name);
    Optional<RivalOption> theirs = RivalOption.find(name);
    assertThat(ours.isPresent()).as("an option of ours").isNotEqualTo(theirs.isPresent());
    for (String scheme : List.of("jdbc:mysql:", "jdbc:mariadb:", "jdbc:bonito:")) {
      for (String spelling : List.of(name, name.toUpperCase(Locale.ROOT))) {
        if (ours.isPresent()) {
          assertThat(options(scheme, spelling, "").warnings()).isEmpty();
          continue;
        }
        RivalOption rival = theirs.get();
        switch (rival.treatment()) {
          case HARMLESS -> assertThat(options(scheme, spelling, "true").warnings()).isEmpty();
          case UNMET -> {
            assertThat(rival.reason()).isNotBlank();
            assertThat(options(scheme, spelling, "true").warnings())
                .containsExactly(
                    "options without effect here: " + spelling + " (" + rival.reason() + ")");
          }
          case REFUSED -> {
            assertThat(rival.reason()).isNotBlank();
            assertThatThrownBy(() -> options(scheme, spelling, "com.example.Plugin"))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining(spelling)
                .hasMessageContaining(rival.reason());
            assertThat(options(scheme, spelling, "").warnings()).isEmpty();
          }
        }
      }
    }
  }

  /** What would load a class, read a file of the server's choice, or weaken safety unseen. */
  @Test
  void whatIsDangerousIsRefused() {
    for (String name :
        List.of(
            "allowUrlInLocalInfile",
            "authenticationPlugins",
            "autoDeserialize",
            "clientInfoProvider",
            "connectionLifecycleInterceptors",
            "exceptionInterceptors",
            "loadBalanceExceptionChecker",
            "propertiesTransform",
            "queryInterceptors",
            "statementInterceptors",
            "tlsSocketType")) {
      assertThat(RivalOption.find(name).orElseThrow().treatment())
          .as(name)
          .isEqualTo(RivalOption.Treatment.REFUSED);
    }
  }
}
