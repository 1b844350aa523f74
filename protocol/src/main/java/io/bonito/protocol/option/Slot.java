package io.bonito.protocol.option;

/**
 * A place in the options for an object that has no text form: an SSLContext, a source of
 * credentials, codecs.
 *
 * <p>Such things are given in code, as objects. No option's text is ever the name of a class: a URL
 * taken from a stranger can then choose none.
 *
 * @param name for messages, for example {@code sslContext}
 * @param type what may be put in
 */
public record Slot<T>(String name, Class<T> type) {
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
