package io.bonito.protocol.tls;

import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Option;
import io.bonito.protocol.option.Peer;
import io.bonito.protocol.option.Secret;
import io.bonito.protocol.option.TlsMode;
import io.bonito.protocol.option.TlsOptions;
import io.bonito.protocol.tls.ServerCertificates.Demand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Makes the TLS stages that options describe.
 *
 * <pre>
 *   sslMode               chain   host name   where the check fails
 *   PREFERRED, REQUIRED   -       -
 *   VERIFY_CA             yes     -           refused
 *   VERIFY_IDENTITY       yes     yes         refused; or, from a MariaDB that can, its proof is due
 * </pre>
 *
 * <p>An {@code SSLContext} is built once for each configuration, so that connections share its TLS
 * sessions; a file that has changed on disk makes another configuration.
 */
public final class TlsContexts {
  private static final int MOST_KEPT = 64;

  private static final ConcurrentMap<Material, SSLContext> KEPT = new ConcurrentHashMap<>();

  /** All that goes into a context. Two of them are equal where their context would be. */
  private record Material(
      Demand demand,
      boolean hostName,
      String trustedCertificates,
      String trustStore,
      String trustStoreType,
      Secret trustStorePassword,
      boolean systemTrust,
      String clientCertificate,
      Secret clientKey,
      String keyStore,
      String keyStoreType,
      Secret keyStorePassword,
      Secret keyPassword,
      List<Long> fileTimes) {}

  private TlsContexts() {}

  /**
   * A stage for one connection.
   *
   * @param peer where the channel that was opened leads
   * @param canProve whether this server can prove a certificate that fails the check: MariaDB since
   *     11.4
   * @throws SSLException where the options name certificates, keys, protocols or ciphers that
   *     cannot be used
   */
  public static TlsStage stage(ConnectionOptions options, Peer peer, boolean canProve)
      throws SSLException {
    TlsMode mode = options.tlsMode(peer);
    Optional<SSLContext> own = options.object(TlsOptions.SSL_CONTEXT);
    Demand demand =
        !mode.verifiesChain()
            ? Demand.ANY
            : canProve && options.acceptsFingerprintProof(peer)
                ? Demand.CHAIN_OR_PROOF
                : Demand.CHAIN;
    try {
      SSLContext context = own.isPresent() ? own.get() : context(material(options, demand, mode));
      SSLEngine engine = context.createSSLEngine(options.host(), options.port());
      engine.setUseClientMode(true);
      engine.setSSLParameters(parameters(engine, options, mode));
      boolean marked = own.isEmpty() && demand != Demand.ANY;
      return new TlsStage(engine, new ServerTrust(options.host(), marked));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new SSLException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  private static SSLParameters parameters(
      SSLEngine engine, ConnectionOptions options, TlsMode mode) {
    SSLParameters parameters = engine.getSSLParameters();
    List<String> protocols = options.get(TlsOptions.TLS_VERSIONS);
    if (!protocols.isEmpty()) {
      parameters.setProtocols(protocols.toArray(new String[0]));
    }
    List<String> ciphers = options.get(TlsOptions.TLS_CIPHERS);
    if (!ciphers.isEmpty()) {
      parameters.setCipherSuites(ciphers.toArray(new String[0]));
    }
    if (mode.verifiesHostName()) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    return parameters;
  }

  private static SSLContext context(Material material) throws GeneralSecurityException {
    SSLContext kept = KEPT.get(material);
    if (kept != null) {
      return kept;
    }
    SSLContext built = build(material);
    if (KEPT.size() >= MOST_KEPT) {
      KEPT.clear();
    }
    SSLContext first = KEPT.putIfAbsent(material, built);
    return first != null ? first : built;
  }

  private static Material material(ConnectionOptions options, Demand demand, TlsMode mode) {
    List<Long> times = new ArrayList<>();
    for (Option<String> file :
        List.of(
            TlsOptions.SERVER_SSL_CERT,
            TlsOptions.TRUST_STORE,
            TlsOptions.CLIENT_CERTIFICATE,
            TlsOptions.KEY_STORE)) {
      times.add(changedAt(options.get(file)));
    }
    times.add(changedAt(options.get(TlsOptions.CLIENT_KEY).reveal()));
    return new Material(
        demand,
        mode.verifiesHostName(),
        options.get(TlsOptions.SERVER_SSL_CERT),
        options.get(TlsOptions.TRUST_STORE),
        options.get(TlsOptions.TRUST_STORE_TYPE),
        options.get(TlsOptions.TRUST_STORE_PASSWORD),
        options.get(TlsOptions.FALLBACK_TO_SYSTEM_TRUST_STORE),
        options.get(TlsOptions.CLIENT_CERTIFICATE),
        options.get(TlsOptions.CLIENT_KEY),
        options.get(TlsOptions.KEY_STORE),
        options.get(TlsOptions.KEY_STORE_TYPE),
        options.get(TlsOptions.KEY_STORE_PASSWORD),
        options.get(TlsOptions.KEY_PASSWORD),
        List.copyOf(times));
  }

  /** 0 for what is no file; building the context will tell of it. */
  private static long changedAt(String fileOrText) {
    if (fileOrText.isEmpty() || fileOrText.indexOf('\n') >= 0) {
      return 0;
    }
    try {
      Path file = KeyStores.path(fileOrText);
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException | IllegalArgumentException e) {
      return 0;
    }
  }

  private static SSLContext build(Material material) throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    TrustManager judge = new ServerCertificates(material.demand, pkix(material));
    context.init(keyManagers(material), new TrustManager[] {judge}, null);
    return context;
  }

  private static @Nullable X509ExtendedTrustManager pkix(Material material)
      throws GeneralSecurityException {
    boolean named = !material.trustedCertificates.isEmpty() || !material.trustStore.isEmpty();
    if (material.demand == Demand.ANY || (!named && !material.systemTrust)) {
      return null;
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted(material));
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager extended) {
        return extended;
      }
    }
    throw new GeneralSecurityException("this JVM has no trust manager for X.509");
  }

  /** The certificates to trust; null for the JVM's own. */
  private static @Nullable KeyStore trusted(Material material) throws GeneralSecurityException {
    if (!material.trustedCertificates.isEmpty()) {
      String option = TlsOptions.SERVER_SSL_CERT.name();
      return KeyStores.trusting(Pem.read(option, material.trustedCertificates).certificates());
    }
    if (!material.trustStore.isEmpty()) {
      return KeyStores.load(
          TlsOptions.TRUST_STORE.name(),
          material.trustStore,
          material.trustStoreType,
          characters(material.trustStorePassword));
    }
    return null;
  }

  private static KeyManager @Nullable [] keyManagers(Material material)
      throws GeneralSecurityException {
    KeyStore store;
    char[] password = new char[0];
    if (!material.clientCertificate.isEmpty()) {
      Pem certificate = Pem.read(TlsOptions.CLIENT_CERTIFICATE.name(), material.clientCertificate);
      Pem key =
          material.clientKey.isEmpty()
              ? certificate
              : Pem.read(TlsOptions.CLIENT_KEY.name(), material.clientKey.reveal());
      PrivateKey privateKey = key.privateKey(characters(material.keyPassword));
      List<Certificate> chain = certificate.certificates();
      store = KeyStores.holding(privateKey, chain);
    } else if (!material.keyStore.isEmpty()) {
      char[] storePassword = characters(material.keyStorePassword);
      store =
          KeyStores.load(
              TlsOptions.KEY_STORE.name(), material.keyStore, material.keyStoreType, storePassword);
      password = material.keyPassword.isEmpty() ? storePassword : characters(material.keyPassword);
    } else {
      return null;
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, password);
    return factory.getKeyManagers();
  }

  private static char[] characters(Secret secret) {
    return secret.reveal().toCharArray();
  }
}
