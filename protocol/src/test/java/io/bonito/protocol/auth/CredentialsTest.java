package io.bonito.protocol.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CredentialsTest {
  @Test
  void passwordsAreUtf8() {
    Credentials credentials = Credentials.of("user", "pässwörd €", "\uD83D\uDC1F");
    assertThat(credentials.password(1)).isEqualTo("pässwörd €".getBytes(UTF_8));
    assertThat(credentials.password(2)).isEqualTo("\uD83D\uDC1F".getBytes(UTF_8));
    assertThat(credentials.password(3)).isEmpty();
    assertThat(credentials.passwordCount()).isEqualTo(2);
  }

  @Test
  void theyAreNeverPrinted() {
    Credentials credentials = Credentials.of("user", "secret");
    assertThat(credentials).hasToString("Credentials of user");
    assertThat(
            new AuthContext(
                    credentials,
                    1,
                    PeerTrust.VERIFIED,
                    true,
                    PublicKeyPolicy.none(),
                    new java.util.Random(1))
                .toString())
        .doesNotContain("secret");
  }

  @Test
  void closingWipesThem() {
    Credentials credentials = Credentials.of("user", "secret");
    credentials.close();
    assertThat(credentials.password(1)).containsOnly(0);
  }

  @Test
  void aProviderGivesNewOnesEachTime() {
    CredentialsProvider provider = CredentialsProvider.fixed("user", "secret");
    provider.credentialsFor("host", 3306).close();
    assertThat(provider.credentialsFor("host", 3306).password(1))
        .isEqualTo("secret".getBytes(UTF_8));
  }

  @Test
  void theTooManyAndTheImpossibleAreRefused() {
    assertThatThrownBy(() -> Credentials.of("user", "1", "2", "3", "4"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Credentials.of("us\0er", "secret"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
  }
}
