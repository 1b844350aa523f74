package io.bonito.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.Version;
import org.junit.jupiter.api.Test;

/** These tests run twice, on an older and on a newer Netty. */
class NettyVersionTest {
  @Test
  void eachRunIsOnTheNettyThatItIsFor() {
    assertThat(Version.identify().get("netty-transport").artifactVersion())
        .isEqualTo(System.getProperty("bonito.netty"));
  }
}
