package io.bonito.protocol.option;

import java.util.regex.Pattern;

/** The option that says which way the bytes take to the server; part of {@link Options#all}. */
public final class RouteOptions {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]+");

  public static final Option<String> SOCKET_FACTORY =
      new Option<>(
              "socketFactory",
              OptionGroup.NETWORK,
              new OptionType<>("id", RouteOptions::parse, id -> id),
              "",
              "Id of the NamedSocketOpener, among those that ServiceLoader finds, which opens the"
                  + " sockets of the blocking transport; empty: plain ones. Never the name of a"
                  + " class.")
          .connectorJ()
          .mariaDb();

  private RouteOptions() {}

  private static String parse(String text) {
    if (!ID.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a class name is refused, since no text chooses classes here: name the id of a"
              + " NamedSocketOpener on the class path, or give the factory in code with"
              + " BonitoDataSource.setSocketFactory");
    }
    return text;
  }
}
