package io.bonito.pool.url;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;

/**
 * The arguments of a connection, without their order: what has the same ones shares a pool. Texts
 * are kept as digests only, so that a password stands in no key; objects (a socket factory, key
 * material) count by {@code equals}.
 */
final class PoolKey {
  private static final byte[] SALT = new byte[16];

  static {
    new SecureRandom().nextBytes(SALT);
  }

  private final String address;
  private final Map<String, Object> values = new HashMap<>();

  PoolKey(PoolUrl url, Properties properties) {
    MessageDigest digest = sha256();
    // A name and a password may stand in front of the host.
    address = digested(digest, url.address());
    List<String> parameters = url.parameters();
    for (String each : parameters) {
      values.merge(PoolUrl.nameOf(each), digested(digest, each), (a, b) -> a + "&" + b);
    }
    Collections.list(properties.propertyNames())
        .forEach(
            name -> {
              String text = properties.getProperty(String.valueOf(name));
              if (text != null) {
                values.put("." + name, digested(digest, text));
              }
            });
    properties.forEach(
        (name, value) -> {
          if (!(value instanceof String)) {
            values.put("." + name, value);
          }
        });
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String digested(MessageDigest digest, String text) {
    digest.update(SALT);
    return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PoolKey key && address.equals(key.address) && values.equals(key.values);
  }

  @Override
  public int hashCode() {
    return address.hashCode() * 31 + values.hashCode();
  }

  @Override
  public String toString() {
    return "connections by " + new TreeSet<>(values.keySet());
  }
}
