package io.bonito.protocol.option;

import static io.bonito.protocol.option.OptionGroup.SAFETY;
import static io.bonito.protocol.option.OptionGroup.TLS;
import static io.bonito.protocol.option.OptionType.BOOLEAN;
import static io.bonito.protocol.option.OptionType.LIST;
import static io.bonito.protocol.option.OptionType.SECRET;
import static io.bonito.protocol.option.OptionType.TEXT;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * The options that guard secrets: how the server proves itself, and what it may ask for.
 *
 * <p>None has another default under a rival's scheme. What a URL writes out is consent; what it
 * leaves out is safe.
 */
public final class TlsOptions {
  // First, because each declaration below adds itself.
  private static final List<Option<?>> ALL = new ArrayList<>();

  // ---- TLS

  public static final Option<TlsMode> SSL_MODE =
      declare(
              "sslMode",
              TLS,
              new OptionType<>(
                  "DISABLED, PREFERRED, REQUIRED, VERIFY_CA, VERIFY_IDENTITY, or disable, allow,"
                      + " trust, verify-ca, verify-full",
                  TlsMode::parse,
                  TlsMode::name),
              TlsMode.VERIFY_IDENTITY,
              "How much TLS is asked for. By default a server on another machine must prove who it"
                  + " is; on loopback TLS is used where offered, without proof, and Unix sockets go"
                  + " without.")
          .connectorJ()
          .mariaDb();

  public static final Option<String> SERVER_SSL_CERT =
      declare(
              "serverSslCert",
              TLS,
              TEXT,
              "",
              "Certificates to trust instead of the JVM's: a PEM file, or the PEM text itself.")
          .mariaDb();

  public static final Option<String> TRUST_STORE =
      declare(
              "trustCertificateKeyStoreUrl",
              TLS,
              TEXT,
              "",
              "Key store of certificates to trust instead of the JVM's: a path or a file: URL.")
          .connectorJ()
          .mariaDb("trustStore");

  public static final Option<String> TRUST_STORE_TYPE =
      declare("trustCertificateKeyStoreType", TLS, TEXT, "PKCS12", "Kind of that key store.")
          .connectorJ()
          .mariaDb("trustStoreType");

  public static final Option<Secret> TRUST_STORE_PASSWORD =
      declare(
              "trustCertificateKeyStorePassword",
              TLS,
              SECRET,
              Secret.NONE,
              "Password of that key store.")
          .connectorJ()
          .mariaDb("trustStorePassword");

  public static final Option<Boolean> FALLBACK_TO_SYSTEM_TRUST_STORE =
      declare(
              "fallbackToSystemTrustStore",
              TLS,
              BOOLEAN,
              true,
              "Whether the JVM's own certificates are trusted where no others are named.")
          .connectorJ()
          .mariaDb();

  public static final Option<String> CLIENT_CERTIFICATE =
      declare(
          "clientCertificate",
          TLS,
          TEXT,
          "",
          "Our own certificate and its chain, for accounts that REQUIRE X509: a PEM file, or the"
              + " PEM text itself.");

  public static final Option<Secret> CLIENT_KEY =
      declare(
          "clientKey",
          TLS,
          SECRET,
          Secret.NONE,
          "Private key of clientCertificate in PKCS#8: a PEM file, or the PEM text itself. Empty:"
              + " it stands in the same file as the certificate.");

  public static final Option<String> KEY_STORE =
      declare(
              "clientCertificateKeyStoreUrl",
              TLS,
              TEXT,
              "",
              "Key store with our own certificate and key: a path or a file: URL.")
          .connectorJ()
          .mariaDb("keyStore");

  public static final Option<String> KEY_STORE_TYPE =
      declare("clientCertificateKeyStoreType", TLS, TEXT, "PKCS12", "Kind of that key store.")
          .connectorJ()
          .mariaDb("keyStoreType");

  public static final Option<Secret> KEY_STORE_PASSWORD =
      declare(
              "clientCertificateKeyStorePassword",
              TLS,
              SECRET,
              Secret.NONE,
              "Password of that key store.")
          .connectorJ()
          .mariaDb("keyStorePassword");

  public static final Option<Secret> KEY_PASSWORD =
      declare(
              "keyPassword",
              TLS,
              SECRET,
              Secret.NONE,
              "Password of our private key; empty: that of its key store.")
          .mariaDb();

  public static final Option<List<String>> TLS_VERSIONS =
      declare(
              "tlsVersions",
              TLS,
              LIST,
              List.of("TLSv1.3", "TLSv1.2"),
              "Versions of TLS that may be used.")
          .connectorJ("tlsVersions", "enabledTLSProtocols")
          .mariaDb("enabledSslProtocolSuites");

  public static final Option<List<String>> TLS_CIPHERS =
      declare(
              "tlsCiphersuites",
              TLS,
              LIST,
              List.of(),
              "Cipher suites that may be used; empty: the JVM's choice.")
          .connectorJ("tlsCiphersuites", "enabledSSLCipherSuites")
          .mariaDb("enabledSslCipherSuites");

  public static final Option<Boolean> FINGERPRINT_PROOF =
      declare(
              "deferCertificateValidation",
              TLS,
              BOOLEAN,
              true,
              "Whether a MariaDB server of 11.4 or newer may prove its certificate by the password"
                  + " that both know, where no certificates to trust are named.")
          .mariaDb();

  // ---- TLS in words of former years; read where sslMode is not written out

  public static final Option<Boolean> USE_SSL =
      declare("useSSL", TLS, BOOLEAN, true, "Former word: false is sslMode=DISABLED.")
          .connectorJ()
          .mariaDb();

  public static final Option<Boolean> REQUIRE_SSL =
      declare("requireSSL", TLS, BOOLEAN, false, "Former word: true is sslMode=REQUIRED.")
          .connectorJ();

  public static final Option<Boolean> VERIFY_SERVER_CERTIFICATE =
      declare(
              "verifyServerCertificate",
              TLS,
              BOOLEAN,
              true,
              "Former word: true is sslMode=VERIFY_CA; false beside useSSL=true is REQUIRED.")
          .connectorJ();

  public static final Option<Boolean> TRUST_SERVER_CERTIFICATE =
      declare("trustServerCertificate", TLS, BOOLEAN, false, "Former word: true is sslMode=trust.")
          .mariaDb();

  public static final Option<Boolean> DISABLE_SSL_HOSTNAME_VERIFICATION =
      declare(
              "disableSslHostnameVerification",
              TLS,
              BOOLEAN,
              false,
              "Former word: true is sslMode=verify-ca.")
          .mariaDb();

  // ---- what a server may ask for

  public static final Option<Boolean> ALLOW_PUBLIC_KEY_RETRIEVAL =
      declare(
              "allowPublicKeyRetrieval",
              SAFETY,
              BOOLEAN,
              false,
              "Whether the server's RSA key may be fetched over an unverified channel to encrypt the"
                  + " password with. Whoever sits between could put in a key of his own.")
          .connectorJ()
          .mariaDb();

  public static final Option<String> SERVER_RSA_PUBLIC_KEY =
      declare(
              "serverRSAPublicKeyFile",
              SAFETY,
              TEXT,
              "",
              "The server's RSA public key, so that it need not be fetched: a PEM file, or the PEM"
                  + " text itself.")
          .connectorJ()
          .mariaDb("serverRsaPublicKeyFile");

  public static final Option<Boolean> ALLOW_LOAD_LOCAL_INFILE =
      declare(
              "allowLoadLocalInfile",
              SAFETY,
              BOOLEAN,
              false,
              "Whether LOAD DATA LOCAL may take the stream that its own statement was given. A file"
                  + " named by the server is never read.")
          .connectorJ()
          .mariaDb("allowLocalInfile");

  // ---- objects

  /** Replaces all that the options say about certificates and keys; the mode still holds. */
  public static final Slot<SSLContext> SSL_CONTEXT = new Slot<>("sslContext", SSLContext.class);

  private TlsOptions() {}

  static List<Option<?>> all() {
    return Collections.unmodifiableList(ALL);
  }

  private static <T> Option<T> declare(
      String name, OptionGroup group, OptionType<T> type, T defaultValue, String help) {
    Option<T> option = new Option<>(name, group, type, defaultValue, help);
    ALL.add(option);
    return option;
  }
}
