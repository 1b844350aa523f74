package io.bonito.protocol.tls;

import java.io.ByteArrayOutputStream;

/** The few bytes of DER that turn one form of key into another. */
final class DerWriter {
  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;

  /**
   * {@code INTEGER 0}, then {@code SEQUENCE { OID 1.2.840.113549.1.1.1 (rsaEncryption), NULL }}.
   */
  private static final byte[] VERSION_AND_RSA = {
    2, 1, 0, 0x30, 13, 6, 9, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 13, 1, 1, 1, 5, 0
  };

  private DerWriter() {}

  /**
   * Wraps a PKCS#1 key.
   *
   * <pre>
   *   SEQUENCE { version 0, algorithm rsaEncryption, OCTET STRING { the key } }
   * </pre>
   */
  static byte[] pkcs8OfRsa(byte[] pkcs1) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(VERSION_AND_RSA);
    write(content, OCTET_STRING, pkcs1);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    write(whole, SEQUENCE, content.toByteArray());
    return whole.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, int tag, byte[] content) {
    out.write(tag);
    int length = content.length;
    if (length < 0x80) {
      out.write(length);
    } else {
      int bytes = (39 - Integer.numberOfLeadingZeros(length)) / 8;
      out.write(0x80 | bytes);
      for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
        out.write(length >> shift);
      }
    }
    out.writeBytes(content);
  }
}
