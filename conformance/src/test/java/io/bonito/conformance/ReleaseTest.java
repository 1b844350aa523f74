package io.bonito.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.protocol.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Driver;
import java.util.List;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** The version is the same wherever it is told. */
class ReleaseTest {
  private static final String POM = System.getProperty("bonito.version", "");

  @Test
  void theDriverTellsThePomsVersion() {
    List<Driver> ours =
        ServiceLoader.load(Driver.class).stream()
            .filter(provider -> provider.type().getName().startsWith("io.bonito."))
            .map(ServiceLoader.Provider::get)
            .toList();

    for (Driver driver : ours) {
      assertThat(POM).startsWith(driver.getMajorVersion() + "." + driver.getMinorVersion() + ".");
    }
  }

  /** Jars are there from {@code mvn verify} on; {@code consumer/check} looks at all of them. */
  @Test
  void theManifestTellsThePomsVersion() throws IOException {
    Path place =
        Path.of(Version.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    if (!place.toString().endsWith(".jar")) {
      assertThat(place).isDirectory();
      return;
    }
    try (JarFile jar = new JarFile(place.toFile())) {
      assertThat(jar.getManifest().getMainAttributes().getValue("Implementation-Version"))
          .isEqualTo(POM);
    }
  }
}
