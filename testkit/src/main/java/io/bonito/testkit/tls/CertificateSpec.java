package io.bonito.testkit.tls;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a certificate shall say; the defaults make a good one.
 *
 * <pre>{@code
 * CertificateSpec.named("db").hosts("db.example", "10.0.0.7").expired()
 * }</pre>
 *
 * @param hosts DNS names and IP addresses; none leaves only the common name
 * @param keyBits of the RSA key
 * @param signature as {@code SHA256withRSA} or {@code SHA1withRSA}
 */
public record CertificateSpec(
    String commonName,
    List<String> hosts,
    Instant notBefore,
    Instant notAfter,
    int keyBits,
    String signature) {

  public CertificateSpec {
    hosts = List.copyOf(hosts);
  }

  public static CertificateSpec named(String commonName) {
    Instant now = Instant.now();
    return new CertificateSpec(
        commonName,
        List.of(),
        now.minus(Duration.ofDays(1)),
        now.plus(Duration.ofDays(30)),
        2048,
        "SHA256withRSA");
  }

  public CertificateSpec hosts(String... names) {
    return new CertificateSpec(commonName, List.of(names), notBefore, notAfter, keyBits, signature);
  }

  public CertificateSpec valid(Instant from, Instant to) {
    return new CertificateSpec(commonName, hosts, from, to, keyBits, signature);
  }

  public CertificateSpec expired() {
    Instant now = Instant.now();
    return valid(now.minus(Duration.ofDays(2)), now.minus(Duration.ofDays(1)));
  }

  public CertificateSpec keyBits(int bits) {
    return new CertificateSpec(commonName, hosts, notBefore, notAfter, bits, signature);
  }

  public CertificateSpec signature(String algorithm) {
    return new CertificateSpec(commonName, hosts, notBefore, notAfter, keyBits, algorithm);
  }
}
