package io.bonito.demo;

/**
 * What was written behind {@code ./bonito demo}.
 *
 * @param url of the user's own server, or empty for one that the demo brings up
 * @param rows in the table that is read, 10,000 and more
 * @param seconds for each driver and each kind of work
 * @param port for the server that the demo brings up; 0 for any that is free
 */
record Arguments(boolean mysql, String url, int rows, int seconds, int port) {
  private static final int FEWEST_ROWS = 10_000;

  /**
   * @throws IllegalArgumentException with a sentence for the user
   */
  static Arguments parse(String[] words) {
    boolean mysql = false;
    String url = "";
    int rows = 1_000_000;
    int seconds = 2;
    int port = 0;
    for (int i = 0; i < words.length; i++) {
      switch (words[i]) {
        case "--mysql" -> mysql = true;
        case "--url" -> url = value(words, ++i);
        case "--rows" -> rows = number(words, ++i, FEWEST_ROWS, 100_000_000);
        case "--seconds" -> seconds = number(words, ++i, 1, 3600);
        case "--port" -> port = number(words, ++i, 1, 65_535);
        default ->
            throw new IllegalArgumentException(
                "Unknown argument "
                    + words[i]
                    + "; there are --mysql, --url URL, --rows N, --seconds N and --port N.");
      }
    }
    if (!url.isEmpty() && (mysql || port != 0)) {
      throw new IllegalArgumentException("--url names a server; --mysql and --port start one.");
    }
    return new Arguments(mysql, url, rows, seconds, port);
  }

  private static String value(String[] words, int at) {
    if (at == words.length) {
      throw new IllegalArgumentException(words[at - 1] + " wants a value behind it.");
    }
    return words[at];
  }

  private static int number(String[] words, int at, int least, int most) {
    String text = value(words, at);
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, with the numbers that are too small or too large.
    }
    throw new IllegalArgumentException(
        words[at - 1] + " wants a number from " + least + " to " + most + ", not " + text + ".");
  }
}
