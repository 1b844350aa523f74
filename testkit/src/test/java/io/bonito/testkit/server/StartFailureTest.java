package io.bonito.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StartFailureTest {
  @Test
  void aMissingLibaioNamesThePackage() {
    ServerStartException failure =
        StartFailure.of(
            ServerKind.MYSQL_8_0_33,
            0,
            "ended with 127 in set-up",
            List.of(
                "/x/bin/mysqld: error while loading shared libraries: libaio.so.1: cannot open"
                    + " shared object file: No such file or directory"));

    assertThat(failure)
        .hasMessage(
            "MySQL 8.0.33 needs the library libaio.so.1: install libaio1 (libaio1t64 on Debian 13,"
                + " Ubuntu 24.04 and newer).");
  }
}
