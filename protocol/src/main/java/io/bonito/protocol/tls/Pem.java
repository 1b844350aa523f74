package io.bonito.protocol.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Certificates and keys as administrators keep them.
 *
 * <pre>
 *   -----BEGIN CERTIFICATE-----               any number
 *   -----BEGIN PRIVATE KEY-----               PKCS#8
 *   -----BEGIN ENCRYPTED PRIVATE KEY-----     PKCS#8 under a password
 *   -----BEGIN RSA PRIVATE KEY-----           PKCS#1, what openssl wrote until 3.0
 * </pre>
 *
 * <p>Text between the blocks is skipped. Messages never show what stands in a block.
 */
final class Pem {
  private static final String BEGIN = "-----BEGIN ";
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s+([^-]*)-----END \\1-----");

  /** Algorithm names of {@link KeyFactory} that a key in a server's world may have. */
  private static final List<String> KEY_KINDS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

  private record Block(String label, byte[] der) {}

  private final String source;
  private final List<Block> blocks;

  private Pem(String source, List<Block> blocks) {
    this.source = source;
    this.blocks = blocks;
  }

  /**
   * @param option whose value it is, for messages
   * @param fileOrText a path, a {@code file:} URL, or the PEM text itself
   */
  static Pem read(String option, String fileOrText) throws GeneralSecurityException {
    if (fileOrText.contains(BEGIN)) {
      return parse("the text of " + option, fileOrText);
    }
    Path file = KeyStores.path(fileOrText);
    try {
      return parse(option + " (" + file + ")", new String(Files.readAllBytes(file), US_ASCII));
    } catch (IOException e) {
      throw new GeneralSecurityException(option + ": the file " + file + " cannot be read", e);
    }
  }

  private static Pem parse(String source, String text) throws GeneralSecurityException {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      try {
        byte[] der = Base64.getMimeDecoder().decode(matcher.group(2).getBytes(US_ASCII));
        blocks.add(new Block(matcher.group(1), der));
      } catch (IllegalArgumentException e) {
        throw new GeneralSecurityException(source + " holds a block that is no base64");
      }
    }
    return new Pem(source, blocks);
  }

  List<Certificate> certificates() throws GeneralSecurityException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<Certificate> certificates = new ArrayList<>();
    for (Block block : blocks) {
      if (block.label.equals("CERTIFICATE") || block.label.equals("TRUSTED CERTIFICATE")) {
        certificates.add(factory.generateCertificate(new ByteArrayInputStream(block.der)));
      }
    }
    if (certificates.isEmpty()) {
      throw new GeneralSecurityException(source + " holds no certificate");
    }
    return certificates;
  }

  PrivateKey privateKey(char[] password) throws GeneralSecurityException {
    for (Block block : blocks) {
      switch (block.label) {
        case "PRIVATE KEY" -> {
          return pkcs8(block.der);
        }
        case "RSA PRIVATE KEY" -> {
          return pkcs8(DerWriter.pkcs8OfRsa(block.der));
        }
        case "ENCRYPTED PRIVATE KEY" -> {
          return pkcs8(decrypt(block.der, password));
        }
        case "EC PRIVATE KEY" ->
            throw new GeneralSecurityException(
                source + " holds an EC key in SEC 1 form; \"openssl pkcs8 -topk8\" converts it");
        default -> {}
      }
    }
    throw new GeneralSecurityException(source + " holds no private key");
  }

  private PrivateKey pkcs8(byte[] der) throws GeneralSecurityException {
    PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(der);
    for (String kind : KEY_KINDS) {
      try {
        return KeyFactory.getInstance(kind).generatePrivate(encoded);
      } catch (GeneralSecurityException e) {
        // The key is of another kind.
      }
    }
    throw new GeneralSecurityException(
        source + " holds a private key that is none of " + String.join(", ", KEY_KINDS));
  }

  private byte[] decrypt(byte[] der, char[] password) throws GeneralSecurityException {
    if (password.length == 0) {
      throw new GeneralSecurityException(
          source + " holds an encrypted private key, and no keyPassword is given");
    }
    try {
      EncryptedPrivateKeyInfo encrypted = new EncryptedPrivateKeyInfo(der);
      // PBES2 names its cipher only in the parameters, which print as the full name.
      String kind =
          encrypted.getAlgName().startsWith("PBES2") || encrypted.getAlgName().startsWith("1.2.840")
              ? String.valueOf(encrypted.getAlgParameters())
              : encrypted.getAlgName();
      Cipher cipher = Cipher.getInstance(kind);
      cipher.init(
          Cipher.DECRYPT_MODE,
          SecretKeyFactory.getInstance(kind).generateSecret(new PBEKeySpec(password)),
          encrypted.getAlgParameters());
      return encrypted.getKeySpec(cipher).getEncoded();
    } catch (IOException | GeneralSecurityException e) {
      throw new GeneralSecurityException(
          source + " holds an encrypted private key that keyPassword does not open", e);
    }
  }
}
