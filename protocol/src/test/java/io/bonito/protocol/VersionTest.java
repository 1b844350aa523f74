package io.bonito.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class VersionTest {
  /** The build tells its tests the pom's version. */
  private static final String POM = System.getProperty("bonito.version", "");

  @Test
  void isThePoms() {
    assertThat(Version.text()).isEqualTo(POM).matches("\\d+\\.\\d+\\.\\d+.*");
    assertThat(POM).startsWith(Version.major() + "." + Version.minor() + ".");
  }

  @Test
  void isToldToServers() {
    assertThat(ClientAttributes.and(Map.of())).containsEntry("_client_version", POM);
  }

  @Test
  void anApplicationsOwnAttributesStandBesideOurs() {
    assertThat(ClientAttributes.and(Map.of("program_name", "app", "_os", "secret")))
        .containsEntry("program_name", "app")
        .containsEntry("_os", "secret")
        .containsEntry("_client_name", "Bonito");
  }

  @Test
  void oursFitIntoWhatServersKeep() {
    int bytes = 0;
    for (Map.Entry<String, String> attribute : ClientAttributes.and(Map.of()).entrySet()) {
      bytes += 2 + attribute.getKey().length() + attribute.getValue().length();
    }
    assertThat(bytes).isLessThan(256);
  }
}
