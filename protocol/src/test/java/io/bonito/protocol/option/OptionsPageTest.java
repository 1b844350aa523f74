package io.bonito.protocol.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Prints {@code docs/options.md} from the declarations, and holds the file to them.
 *
 * <p>After a change, {@code mvn test -pl protocol -am -Dtest=OptionsPageTest -Dbonito.print=true}
 * writes the page anew.
 */
class OptionsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "options.md");

  @Test
  void thePageSaysWhatTheDeclarationsSay() throws IOException {
    if (Boolean.getBoolean("bonito.print")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, page());
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page());
  }

  @Test
  void noOptionIsWithoutHelp() {
    for (Option<?> option : Options.all()) {
      assertThat(option.help()).as(option.name()).endsWith(".").doesNotContain("|", "\n");
    }
  }

  @Test
  void noNameIsBothAnOptionAndARivalsOnly() {
    Map<String, String> seen = new HashMap<>();
    for (String name : Options.names()) {
      assertThat(RivalOption.find(name)).as(name).isEmpty();
      assertThat(seen.put(name.toLowerCase(java.util.Locale.ROOT), name)).isNull();
    }
  }

  private static String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # Options

            <!-- Printed from the declarations in io.bonito.protocol.option; OptionsPageTest compares. -->

            Options stand behind the `?` of a JDBC URL, in `Properties`, or are set in code with
            `ConnectionOptions.builder()`. Names are understood in the spelling of Connector/J and of
            MariaDB Connector/J as well, in any case. An empty value means the default; code prevails
            over `Properties`, and those over the URL. Unknown names give one warning, under
            `strictOptions=true` an error.

            """);
    for (OptionGroup group : OptionGroup.values()) {
      page.append("## ").append(group.title()).append("\n\n");
      page.append("| option | default | meaning | Connector/J | MariaDB |\n");
      page.append("|---|---|---|---|---|\n");
      for (Option<?> option : Options.all()) {
        if (option.group() == group) {
          line(option, page);
        }
      }
      page.append('\n');
    }
    foreign(page);
    return page.toString();
  }

  private static <T> void line(Option<T> option, StringBuilder page) {
    page.append("| `").append(option.name()).append("` | ").append(defaults(option));
    page.append(" | ").append(option.help());
    page.append(" *(").append(option.type().description()).append(")* | ");
    page.append(names(option.spellings(Scheme.MYSQL))).append(" | ");
    page.append(names(option.spellings(Scheme.MARIADB))).append(" |\n");
  }

  private static <T> String defaults(Option<T> option) {
    T plain = option.defaultValue();
    StringBuilder out = new StringBuilder(code(option.print(plain)));
    for (Scheme scheme : Scheme.values()) {
      T own = option.defaultValue(scheme);
      if (!own.equals(plain)) {
        out.append("; ").append(code(option.print(own)));
        out.append(" under `").append(scheme.prefix()).append('`');
      }
    }
    return out.toString();
  }

  private static void foreign(StringBuilder page) {
    page.append(
        """
        ## Names of the rivals that are no options here

        | name | what happens |
        |---|---|
        """);
    for (RivalOption rival : RivalOption.all()) {
      page.append("| `").append(rival.name()).append("` | ");
      page.append(
          switch (rival.treatment()) {
            case HARMLESS -> "accepted: always so here, or not needed";
            case UNMET -> "a warning: " + rival.reason();
            case REFUSED -> "refused: " + rival.reason();
          });
      page.append(" |\n");
    }
  }

  private static String names(List<String> names) {
    return names.isEmpty() ? "" : code(String.join("`, `", names));
  }

  private static String code(String text) {
    return text.isEmpty() ? "none" : "`" + text + "`";
  }
}
