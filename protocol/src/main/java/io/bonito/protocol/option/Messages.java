package io.bonito.protocol.option;

/** Shows foreign text in our messages: short, and without control characters. */
final class Messages {
  private static final int LONGEST = 64;

  private Messages() {}

  static String quote(String text) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), LONGEST) + 2).append('\'');
    for (int i = 0; i < text.length(); i++) {
      if (i == LONGEST) {
        return out.append("...'").toString();
      }
      char c = text.charAt(i);
      if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('\'').toString();
  }
}
