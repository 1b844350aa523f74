package io.bonito.protocol.auth;

import io.bonito.protocol.buffer.ByteReader;
import io.bonito.protocol.buffer.MalformedPacketException;
import org.jspecify.annotations.Nullable;

/**
 * One proof of one password, in progress.
 *
 * <p>Methods throw {@link MalformedPacketException} where the server breaks the protocol, {@link
 * io.bonito.protocol.buffer.RefusedDemandException} where it asks for what must not be given, and
 * nothing else. No message holds a secret.
 */
public interface AuthMethod {
  /**
   * The first answer.
   *
   * @param challenge what the greeting or the switch request brought, as it came: a trailing NUL is
   *     not yet cut off
   */
  byte[] begin(byte[] challenge);

  /**
   * The first answer of a method that does not {@linkplain AuthPlugin#answersGreeting answer
   * greetings}, where the greeting is all that has come.
   */
  default byte[] beginUnasked() {
    return new byte[0];
  }

  /**
   * The answer to further data of this method, without its packet's header.
   *
   * @return what to send, which may be an empty packet; null to send nothing and read on
   */
  default byte @Nullable [] answer(ByteReader data) {
    throw new MalformedPacketException(
        data.remaining() + " bytes of authentication data that nothing asked for");
  }

  /**
   * The hash of the password that both sides know and that keys MariaDB's proof of its certificate;
   * empty where the method has none.
   */
  default byte[] fingerprintKey() {
    return new byte[0];
  }
}
