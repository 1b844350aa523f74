package io.bonito.testkit.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate authority of its own, in memory.
 *
 * <pre>{@code
 * CertificateAuthority authority = CertificateAuthority.create("Test CA");
 * Identity server = authority.issue("localhost", "127.0.0.1");
 * Identity bad = authority.issue(CertificateSpec.named("db").hosts("localhost").expired());
 * }</pre>
 */
public final class CertificateAuthority {
  private static final char[] NO_PASSWORD = {};

  /** Made when first asked for: keys take a tenth of a second. */
  private static final class Shared {
    static final CertificateAuthority AUTHORITY = create("Bonito test CA");
    static final Identity SERVER = AUTHORITY.issue("localhost", "127.0.0.1", "::1");
  }

  /** A certificate with its key. */
  public record Identity(X509Certificate certificate, PrivateKey key) {
    public String certificatePem() {
      return pemOf(certificate);
    }

    /** The key as unencrypted PKCS #8. */
    public String keyPem() {
      return armor("PRIVATE KEY", key.getEncoded());
    }

    public byte[] sha256Fingerprint() {
      try {
        return MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    /** A PKCS #12 store with this key, under the empty password and the alias "key". */
    public KeyStore keyStore() {
      try {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        store.setKeyEntry("key", key, NO_PASSWORD, new X509Certificate[] {certificate});
        return store;
      } catch (GeneralSecurityException | IOException e) {
        throw new IllegalStateException(e);
      }
    }

    /** For a TLS peer that shows this certificate, and trusts what {@link #shared} issued. */
    public SSLContext context() {
      return context(shared());
    }

    /** For a TLS peer that shows this certificate, and trusts what {@code authority} issued. */
    public SSLContext context(CertificateAuthority authority) {
      try {
        KeyManagerFactory keys =
            KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(keyStore(), NO_PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), authority.trust().getTrustManagers(), null);
        return context;
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private final String name;
  private final KeyPair keys;
  private final X509Certificate certificate;

  private CertificateAuthority(String name, KeyPair keys, X509Certificate certificate) {
    this.name = name;
    this.keys = keys;
    this.certificate = certificate;
  }

  public static CertificateAuthority create(String name) {
    CertificateSpec spec = CertificateSpec.named(name);
    KeyPair keys = newKeys(spec.keyBits());
    return new CertificateAuthority(
        name, keys, certify(spec, keys, name, keys.getPrivate(), /* authority= */ true));
  }

  /** The authority that vouches for this JVM's servers. */
  public static CertificateAuthority shared() {
    return Shared.AUTHORITY;
  }

  /** What this JVM's servers show: for localhost, 127.0.0.1 and ::1. */
  public static Identity sharedServer() {
    return Shared.SERVER;
  }

  public X509Certificate certificate() {
    return certificate;
  }

  public String pem() {
    return pemOf(certificate);
  }

  /**
   * Issues a certificate for these DNS names and IP addresses; the first is its common name too.
   */
  public Identity issue(String... hosts) {
    return issue(CertificateSpec.named(hosts[0]).hosts(hosts));
  }

  public Identity issue(CertificateSpec spec) {
    KeyPair own = newKeys(spec.keyBits());
    return new Identity(
        certify(spec, own, name, keys.getPrivate(), /* authority= */ false), own.getPrivate());
  }

  public static Identity selfSigned(CertificateSpec spec) {
    KeyPair own = newKeys(spec.keyBits());
    return new Identity(
        certify(spec, own, spec.commonName(), own.getPrivate(), /* authority= */ false),
        own.getPrivate());
  }

  /** A PKCS #12 store that trusts this authority, under the empty password. */
  public KeyStore trustStore() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, NO_PASSWORD);
      store.setCertificateEntry("ca", certificate);
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private TrustManagerFactory trust() throws GeneralSecurityException {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trustStore());
    return trust;
  }

  private static KeyPair newKeys(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Writes and signs a certificate.
   *
   * <pre>
   *   SEQUENCE { SEQUENCE { [0] version 3, serial, algorithm, issuer, validity, subject, key,
   *                         [3] extensions },
   *              algorithm, signature of the inner sequence }
   * </pre>
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-4.1">RFC 5280, 4.1</a>
   */
  private static X509Certificate certify(
      CertificateSpec spec, KeyPair subject, String issuer, PrivateKey signer, boolean authority) {
    String algorithmId =
        switch (spec.signature()) {
          case "SHA256withRSA" -> "1.2.840.113549.1.1.11";
          case "SHA1withRSA" -> "1.2.840.113549.1.1.5";
          default -> throw new IllegalArgumentException("signature " + spec.signature());
        };
    byte[] algorithm = Der.sequence(Der.identifier(algorithmId), Der.nothing());
    byte[] body =
        Der.sequence(
            Der.value(0xa0, Der.integer(BigInteger.TWO)),
            Der.integer(new BigInteger(64, new SecureRandom()).setBit(62)),
            algorithm,
            distinguishedName(issuer),
            Der.sequence(Der.time(spec.notBefore()), Der.time(spec.notAfter())),
            distinguishedName(spec.commonName()),
            subject.getPublic().getEncoded(),
            Der.value(0xa3, Der.sequence(extensions(spec, authority))));
    try {
      Signature signature = Signature.getInstance(spec.signature());
      signature.initSign(signer);
      signature.update(body);
      byte[] encoded = Der.sequence(body, algorithm, Der.bits(0, signature.sign()));
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] distinguishedName(String commonName) {
    return Der.sequence(Der.set(Der.sequence(Der.identifier("2.5.4.3"), Der.text(commonName))));
  }

  private static byte[][] extensions(CertificateSpec spec, boolean authority) {
    List<byte[]> extensions = new ArrayList<>();
    if (authority) {
      extensions.add(
          Der.sequence(
              Der.identifier("2.5.29.19"), Der.isTrue(), Der.octets(Der.sequence(Der.isTrue()))));
      // keyCertSign and cRLSign, bits 5 and 6.
      extensions.add(
          Der.sequence(
              Der.identifier("2.5.29.15"),
              Der.isTrue(),
              Der.octets(Der.bits(1, new byte[] {0b0000_0110}))));
    }
    if (!spec.hosts().isEmpty()) {
      byte[][] names = spec.hosts().stream().map(CertificateAuthority::host).toArray(byte[][]::new);
      extensions.add(Der.sequence(Der.identifier("2.5.29.17"), Der.octets(Der.sequence(names))));
    }
    if (extensions.isEmpty()) {
      // An empty list is not allowed; this says again that it is no authority.
      extensions.add(Der.sequence(Der.identifier("2.5.29.19"), Der.octets(Der.sequence())));
    }
    return extensions.toArray(byte[][]::new);
  }

  private static byte[] host(String host) {
    if (host.matches("[0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*")) {
      try {
        return Der.value(0x87, InetAddress.getByName(host).getAddress());
      } catch (IOException e) {
        throw new IllegalArgumentException("address " + host, e);
      }
    }
    return Der.value(0x82, host.getBytes(StandardCharsets.US_ASCII));
  }

  private static String pemOf(X509Certificate certificate) {
    try {
      return armor("CERTIFICATE", certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String armor(String kind, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
  }
}
