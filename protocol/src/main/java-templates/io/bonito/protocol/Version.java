package io.bonito.protocol;

/** This build's version, as the pom has it; faces report it and servers see it as an attribute. */
public final class Version {
  // A method and not a constant: a constant would be copied into its users when they are compiled.
  private static final String TEXT = "${project.version}";

  private Version() {}

  /** The whole version, such as "1.4.2" or "1.5.0-SNAPSHOT". */
  public static String text() {
    return TEXT;
  }

  /** The first number of the version. */
  public static int major() {
    return number(0);
  }

  /** The second number of the version. */
  public static int minor() {
    return number(1);
  }

  private static int number(int index) {
    int start = 0;
    for (int i = 0; i < index; i++) {
      start = TEXT.indexOf('.', start) + 1;
    }
    int end = start;
    while (end < TEXT.length() && Character.isDigit(TEXT.charAt(end))) {
      end++;
    }
    return Integer.parseInt(TEXT.substring(start, end));
  }
}
