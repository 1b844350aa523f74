package io.bonito.protocol.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionOptionsTest {
  @Test
  void whatIsNotWrittenOutHasItsDefault() {
    ConnectionOptions options = ConnectionOptions.builder().build();

    assertThat(options.target()).isEqualTo("localhost:3306");
    assertThat(options.get(Options.CONNECT_TIMEOUT)).isEqualTo(Duration.ofSeconds(10));
    assertThat(options.get(TlsOptions.ALLOW_LOAD_LOCAL_INFILE)).isFalse();
    assertThat(options.get(TlsOptions.ALLOW_PUBLIC_KEY_RETRIEVAL)).isFalse();
    assertThat(options.isSet(Options.HOST)).isFalse();
    assertThat(options.warnings()).isEmpty();
    assertThat(options.maxRowBytes()).isPositive();
    assertThat(options.maxResultBytes()).isEqualTo(Runtime.getRuntime().maxMemory() / 4);
  }

  @Test
  void namesAreUnderstoodInBothSpellingsAndAnyCase() {
    ConnectionOptions options =
        ConnectionOptions.of(
            Map.of(
                "USER", "app",
                "allowlocalinfile", "yes",
                "keyStore", "/k.p12",
                "enabledTLSProtocols", "TLSv1.3",
                "maxAllowedPacket", "16M",
                "connectionAttributes", "app:shop, team : blue",
                "useServerPrepStmts", "false"));

    assertThat(options.user()).isEqualTo("app");
    assertThat(options.get(TlsOptions.ALLOW_LOAD_LOCAL_INFILE)).isTrue();
    assertThat(options.get(TlsOptions.KEY_STORE)).isEqualTo("/k.p12");
    assertThat(options.get(TlsOptions.TLS_VERSIONS)).containsExactly("TLSv1.3");
    assertThat(options.get(Options.MAX_ALLOWED_PACKET)).isEqualTo(16 << 20);
    assertThat(options.get(Options.CONNECTION_ATTRIBUTES))
        .containsExactly(Map.entry("app", "shop"), Map.entry("team", "blue"));
    assertThat(options.get(Options.USE_SERVER_PREP_STMTS)).isEqualTo(ServerPreparation.NEVER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          usr              | app   | unknown option 'usr', did you mean user?
          alowMultiQuerys  | true  | unknown option 'alowMultiQuerys', did you mean allowMultiQueries?
          qqqqqqqq         | true  | unknown option 'qqqqqqqq'
          port             | 0     | option port='0': a number between 1 and 65535 is due
          port             | -1    | option port='-1': a whole number is due
          connectTimeout   | 10s   | option connectTimeout='10s': a whole number is due
          connectTimeout   | 9999999999999999999 | option connectTimeout='9999999999999999999': a whole number of at most 18 digits is due
          useCompression   | maybe | option useCompression='maybe': true or false is due
          zeroDateTimeBehavior | null | option zeroDateTimeBehavior='null': one of EXCEPTION, ROUND, CONVERT_TO_NULL is due
          queryInterceptors | x.Y  | option queryInterceptors is refused: it names a class, and no text chooses classes here; give the object in code
          socketFactory    | x.Y   | option socketFactory='x.Y': a class name is refused, since no text chooses classes here: name the id of a NamedSocketOpener on the class path, or give the factory in code with BonitoDataSource.setSocketFactory
          connectionTimeZone | Mars | option connectionTimeZone='Mars': LOCAL, SERVER, a zone such as Europe/Berlin or an offset such as +02:00 is due
          connectionTimeZone | +01:00:30 | option connectionTimeZone='+01:00:30': an offset of whole minutes is due
          """)
  void aMistakeIsNamed(String name, String text, String message) {
    assertThatThrownBy(() -> ConnectionOptions.of(Map.of(name, text)))
        .isInstanceOfSatisfying(OptionException.class, e -> assertThat(e.option()).isEqualTo(name))
        .hasMessage(message);
  }

  @Test
  void codeCanSetNothingThatAUrlCouldNot() {
    ConnectionOptions.Builder builder = ConnectionOptions.builder();

    assertThatThrownBy(() -> builder.set(Options.PORT, 65_536)).isInstanceOf(OptionException.class);
    assertThatThrownBy(() -> builder.set(Options.CONNECT_TIMEOUT, Duration.ofMillis(-1)))
        .isInstanceOf(OptionException.class);
  }

  @Test
  void anEmptyValuePutsBackTheDefault() {
    ConnectionOptions options =
        ConnectionOptions.builder()
            .set(Options.HOST, "db")
            .set(Options.HOST, "")
            .set("port", "3307")
            .set("port", "")
            .build();

    assertThat(options.target()).isEqualTo("localhost:3306");
    assertThat(options.isSet(Options.PORT)).isFalse();
  }

  @Test
  void aHostThatStartsWithASlashIsASocket() {
    assertThat(ConnectionOptions.of(Map.of("host", "/run/m.sock")).localSocket())
        .isEqualTo("/run/m.sock");
    assertThat(ConnectionOptions.of(Map.of("localSocket", "/run/m.sock")).target())
        .isEqualTo("/run/m.sock");
    assertThat(ConnectionOptions.of(Map.of("host", "::1")).target()).isEqualTo("[::1]:3306");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user",
        "password",
        "password2",
        "password3",
        "database",
        "host",
        "localSocket",
        "connectionAttributes",
        "queryAttributes",
        "restrictedAuth",
        "serverSslCert",
        "clientKey"
      })
  void aNulIsRefusedInEveryText(String name) {
    assertThatThrownBy(() -> ConnectionOptions.of(Map.of(name, "a\0b")))
        .isInstanceOf(OptionException.class)
        .hasMessageNotContaining("\0");
  }

  @Test
  void secretsAreNotShown() {
    ConnectionOptions.Builder builder = ConnectionOptions.builder().set(Options.USER, "app");
    for (Option<?> option : Options.all()) {
      if (option.isSecret()) {
        builder.set(option.name(), "canary");
      }
    }
    ConnectionOptions options = builder.build();

    assertThat(options.toString()).contains("user='app'", "password=***").doesNotContain("canary");
    assertThat(options.texts(/* withSecrets= */ false).toString()).doesNotContain("canary");
    assertThat(options.password().toString()).isEqualTo("***");
    assertThat(options.password().reveal()).isEqualTo("canary");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                            | VERIFY_IDENTITY | PREFERRED       | DISABLED
          sslMode=verify-full                           | VERIFY_IDENTITY | VERIFY_IDENTITY | VERIFY_IDENTITY
          sslMode=VERIFY_IDENTITY                       | VERIFY_IDENTITY | VERIFY_IDENTITY | VERIFY_IDENTITY
          sslMode=Verify_CA                             | VERIFY_CA       | VERIFY_CA       | VERIFY_CA
          sslMode=trust                                 | REQUIRED        | REQUIRED        | REQUIRED
          sslMode=REQUIRED                              | REQUIRED        | REQUIRED        | REQUIRED
          sslMode=PREFERRED                             | PREFERRED       | PREFERRED       | PREFERRED
          sslMode=allow                                 | ALLOW           | ALLOW           | ALLOW
          sslMode=disable                               | DISABLED        | DISABLED        | DISABLED
          useSSL=false                                  | DISABLED        | DISABLED        | DISABLED
          useSSL=true                                   | VERIFY_IDENTITY | PREFERRED       | DISABLED
          useSSL=true&verifyServerCertificate=true      | VERIFY_CA       | VERIFY_CA       | VERIFY_CA
          useSSL=true&verifyServerCertificate=false     | REQUIRED        | REQUIRED        | REQUIRED
          verifyServerCertificate=false                 | VERIFY_IDENTITY | PREFERRED       | DISABLED
          requireSSL=true                               | REQUIRED        | REQUIRED        | REQUIRED
          trustServerCertificate=true                   | REQUIRED        | REQUIRED        | REQUIRED
          disableSslHostnameVerification=true           | VERIFY_CA       | VERIFY_CA       | VERIFY_CA
          useSSL=false&sslMode=VERIFY_CA                | VERIFY_CA       | VERIFY_CA       | VERIFY_CA
          """)
  void tlsIsAsMuchAsWasWrittenOut(String texts, TlsMode remote, TlsMode loopback, TlsMode socket) {
    ConnectionOptions options =
        JdbcUrl.parse("jdbc:mysql://db?" + texts).options(new java.util.Properties());

    assertThat(options.tlsMode(Peer.REMOTE)).isEqualTo(remote);
    assertThat(options.tlsMode(Peer.LOOPBACK)).isEqualTo(loopback);
    assertThat(options.tlsMode(Peer.UNIX_SOCKET)).isEqualTo(socket);
  }

  @Test
  void fingerprintProofReplacesACaOnlyWhereNoneIsNamed() throws NoSuchAlgorithmException {
    ConnectionOptions.Builder builder = ConnectionOptions.builder();
    assertThat(builder.build().acceptsFingerprintProof(Peer.REMOTE)).isTrue();
    assertThat(builder.build().acceptsFingerprintProof(Peer.LOOPBACK)).isFalse();

    SSLContext context = SSLContext.getDefault();
    ConnectionOptions own = builder.object(TlsOptions.SSL_CONTEXT, context).build();
    assertThat(own.acceptsFingerprintProof(Peer.REMOTE)).isFalse();
    assertThat(own.object(TlsOptions.SSL_CONTEXT)).containsSame(context);

    assertThat(
            ConnectionOptions.of(Map.of("serverSslCert", "/ca.pem"))
                .acceptsFingerprintProof(Peer.REMOTE))
        .isFalse();
    assertThat(
            ConnectionOptions.of(Map.of("sslMode", "verify-ca"))
                .acceptsFingerprintProof(Peer.REMOTE))
        .isFalse();
  }

  @Test
  void whatWasTakenIsACopy() {
    java.util.ArrayList<String> plugins = new java.util.ArrayList<>(List.of("parsec"));
    ConnectionOptions options =
        ConnectionOptions.builder().set(Options.RESTRICTED_AUTH, plugins).build();
    plugins.add("mysql_clear_password");

    assertThat(options.get(Options.RESTRICTED_AUTH)).containsExactly("parsec");
    assertThat(options.toBuilder().set(Options.USER, "b").build().get(Options.RESTRICTED_AUTH))
        .containsExactly("parsec");
    assertThat(options.user()).isEmpty();
  }

  @Test
  void everyDefaultIsReadBackFromItsText() {
    for (Option<?> option : Options.all()) {
      readsBack(option);
    }
  }

  private static <T> void readsBack(Option<T> option) {
    for (Scheme scheme : Scheme.values()) {
      T value = option.defaultValue(scheme);
      String text = option.print(value);
      if (!text.isEmpty()) {
        assertThat(option.parse(option.name(), text)).as(option.name()).isEqualTo(value);
      }
    }
  }
}
