package io.bonito.protocol.tls;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.List;

/** Key stores from files, and in memory from what PEM files held. */
final class KeyStores {
  private KeyStores() {}

  /**
   * @param option whose value it is, for messages
   */
  static KeyStore load(String option, String file, String type, char[] password)
      throws GeneralSecurityException {
    Path path = path(file);
    try (InputStream in = Files.newInputStream(path)) {
      KeyStore store = KeyStore.getInstance(type);
      // Without a password a store is read unchecked, as the JVM's own is.
      store.load(in, password.length == 0 ? null : password);
      return store;
    } catch (IOException e) {
      throw new GeneralSecurityException(
          option + ": the key store " + path + " cannot be read as " + type, e);
    }
  }

  /** A store that trusts these. */
  static KeyStore trusting(List<Certificate> certificates) throws GeneralSecurityException {
    KeyStore store = empty();
    for (int i = 0; i < certificates.size(); i++) {
      store.setCertificateEntry("trusted-" + i, certificates.get(i));
    }
    return store;
  }

  /** A store with one key, that needs no password. */
  static KeyStore holding(PrivateKey key, List<Certificate> chain) throws GeneralSecurityException {
    KeyStore store = empty();
    store.setKeyEntry("client", key, new char[0], chain.toArray(new Certificate[0]));
    return store;
  }

  static Path path(String text) {
    return text.startsWith("file:") ? Path.of(URI.create(text)) : Path.of(text);
  }

  private static KeyStore empty() throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      return store;
    } catch (IOException e) {
      throw new GeneralSecurityException("an empty key store cannot be made", e);
    }
  }
}
