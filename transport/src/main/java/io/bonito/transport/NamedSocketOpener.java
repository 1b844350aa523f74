package io.bonito.transport;

import io.bonito.protocol.failure.ConnectionException;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;

/**
 * A {@link SocketOpener} that a URL may choose: ServiceLoader finds it, and {@code
 * socketFactory=<id>} names it. A URL can choose among what the application has put there, and
 * nothing else.
 */
public interface NamedSocketOpener extends SocketOpener {
  /** Letters, digits, hyphens and underscores. */
  String id();

  /**
   * The one with this id, looked for where this class is and where the calling thread's classes
   * are.
   *
   * @throws ConnectionException where there is none; the message has the ids that there are
   */
  static NamedSocketOpener find(String id) throws ConnectionException {
    Set<String> others = new TreeSet<>();
    ClassLoader own = NamedSocketOpener.class.getClassLoader();
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    for (ClassLoader loader : new ClassLoader[] {own, context}) {
      for (NamedSocketOpener opener : ServiceLoader.load(NamedSocketOpener.class, loader)) {
        if (opener.id().equals(id)) {
          return opener;
        }
        others.add(opener.id());
      }
    }
    throw ConnectionException.configuration(
        "socketFactory=" + id + ": there is no NamedSocketOpener with this id, but " + others,
        null);
  }
}
