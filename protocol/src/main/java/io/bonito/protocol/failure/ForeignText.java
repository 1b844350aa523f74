package io.bonito.protocol.failure;

/**
 * Text of others on its way into one of our messages: short, in one line, and without characters
 * that act on a terminal or a log.
 */
public final class ForeignText {
  /** How much of a server's text our own messages repeat. */
  public static final int LONGEST_SERVER_TEXT = 512;

  private ForeignText() {}

  /** A server's text, for a message of ours; the {@code ServerError} keeps it verbatim. */
  public static String ofServer(String text) {
    return escaped(text, LONGEST_SERVER_TEXT);
  }

  /**
   * Writes control and format characters and lone surrogates as {@code \}{@code uXXXX}, and cuts.
   *
   * @param longest characters of {@code text} to take; three dots stand for the rest
   */
  public static String escaped(String text, int longest) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), longest));
    int index = 0;
    while (index < text.length()) {
      int c = text.codePointAt(index);
      int next = index + Character.charCount(c);
      if (next > longest) {
        return out.append("...").toString();
      }
      if (actsOnReaders(c)) {
        out.append(String.format("\\u%04x", c));
      } else {
        out.appendCodePoint(c);
      }
      index = next;
    }
    return out.toString();
  }

  private static boolean actsOnReaders(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          // Turns the direction of writing, or is not seen at all.
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
