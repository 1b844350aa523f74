package io.bonito.benchmarks;

import io.bonito.benchmarks.contest.Carrier;
import io.bonito.benchmarks.contest.Format;
import java.util.List;

/**
 * Where a server is.
 *
 * @param socketPath of its Unix socket, or empty
 * @param query what stands behind the ? of the URL: user, password, and what the user has added
 */
record Endpoint(String host, int port, String socketPath, String query) {
  private static final int DEFAULT_PORT = 3306;

  /**
   * Reads a JDBC URL of one host; a database in it is not used.
   *
   * @throws IllegalArgumentException with a sentence for the user
   */
  static Endpoint of(String url) {
    for (String scheme : List.of("jdbc:mysql://", "jdbc:mariadb://", "jdbc:bonito://")) {
      if (url.startsWith(scheme)) {
        return ofRest(url.substring(scheme.length()));
      }
    }
    throw new IllegalArgumentException(
        "The URL must begin with jdbc:mysql:// or jdbc:mariadb://, and this one does not.");
  }

  private static Endpoint ofRest(String rest) {
    int question = rest.indexOf('?');
    String query = question < 0 ? "" : rest.substring(question + 1);
    String address = question < 0 ? rest : rest.substring(0, question);
    int slash = address.indexOf('/');
    address = slash < 0 ? address : address.substring(0, slash);
    int colon = address.lastIndexOf(':');
    try {
      return colon < 0
          ? new Endpoint(address, DEFAULT_PORT, "", query)
          : new Endpoint(
              address.substring(0, colon),
              Integer.parseInt(address.substring(colon + 1)),
              "",
              query);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "The URL wants HOST:PORT, and " + address + " is not that.", e);
    }
  }

  /** The same server by another door. */
  Endpoint at(int otherPort) {
    return new Endpoint("127.0.0.1", otherPort, "", query);
  }

  /** Whether the contender can be asked to come by this carrier. */
  boolean offers(Contender contender, Carrier carrier) {
    return carrier != Carrier.UNIX
        || (!socketPath.isEmpty() && !contender.scheme().equals("jdbc:mysql://"));
  }

  String url(Contender contender, Format format, Carrier carrier) {
    StringBuilder url = new StringBuilder(contender.scheme());
    url.append(host).append(':').append(port).append("/?").append(query);
    boolean connectorJ = contender.scheme().equals("jdbc:mysql://");
    add(url, contender.options(format));
    add(url, "allowPublicKeyRetrieval=true");
    switch (carrier) {
      case TCP -> add(url, connectorJ ? "sslMode=DISABLED" : "sslMode=disable");
      case TLS -> add(url, connectorJ ? "sslMode=REQUIRED" : "sslMode=trust");
      case UNIX -> add(url, "localSocket=" + socketPath);
    }
    return url.toString();
  }

  private static void add(StringBuilder url, String options) {
    if (!options.isEmpty()) {
      url.append(url.charAt(url.length() - 1) == '?' ? "" : "&").append(options);
    }
  }
}
