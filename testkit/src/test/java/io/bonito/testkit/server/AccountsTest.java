package io.bonito.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.testkit.script.Frames;
import io.bonito.testkit.script.Payload;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("server")
class AccountsTest {
  /** PROTOCOL_41, SECURE_CONNECTION, PLUGIN_AUTH and what clients always say. */
  private static final int CAPABILITIES = 1 | 1 << 9 | 1 << 13 | 1 << 15 | 1 << 19;

  private static final Map<ServerKind, List<String>> METHODS =
      Map.of(
          ServerKind.MARIADB_11_4, List.of("native"),
          ServerKind.MARIADB_10_11, List.of("native", "ed25519", "pam"),
          ServerKind.MARIADB_11_8, List.of("native", "ed25519", "parsec", "pam"),
          ServerKind.MYSQL_8_0_12, List.of("native", "sha2", "sha256"),
          ServerKind.MYSQL_8_0_33, List.of("native", "sha2", "sha256", "two_factors"),
          ServerKind.MYSQL_9_7, List.of("sha2", "sha256", "two_factors"));

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void thereIsOneForEachMethodOfTheServer(Server server) {
    assertThat(server.accounts())
        .extracting(Account::user)
        .containsAll(METHODS.get(server.kind()))
        .hasSize(METHODS.get(server.kind()).size() + 3);
  }

  static Stream<Server> withPam() {
    return Servers.selected().filter(server -> server.account("pam").isPresent());
  }

  /**
   * Those that PAM knows are sent to the plugin "dialog"; without a prompt the password is meant.
   */
  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("withPam")
  void pamTakesThePasswordAndNoOther(Server server) throws Exception {
    assertThat(dialog(server, "secret-pam")).isZero();
    assertThat(dialog(server, "wrong")).isEqualTo(0xff);
  }

  /** The first byte of the server's last word. */
  private static int dialog(Server server, String password) throws IOException {
    try (Socket socket = new Socket(server.host(), server.port())) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      read(in);
      byte[] login =
          new Payload()
              .int32(CAPABILITIES)
              .int32(1 << 24)
              .int8(45)
              .zeros(23)
              .nulText("pam")
              .int8(0)
              .nulText("mysql_native_password")
              .bytes();
      socket.getOutputStream().write(Frames.frame(1, login));
      byte[] asked = read(in);
      assertThat(new String(asked, StandardCharsets.ISO_8859_1)).isEqualTo("\u00fedialog\0");
      socket.getOutputStream().write(Frames.frame(3, new Payload().nulText(password).bytes()));
      return read(in)[0] & 0xff;
    }
  }

  private static byte[] read(DataInputStream in) throws IOException {
    return in.readNBytes(Integer.reverseBytes(in.readInt()) & 0xffffff);
  }
}
