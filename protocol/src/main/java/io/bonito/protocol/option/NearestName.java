package io.bonito.protocol.option;

import java.util.Locale;

/** Finds what a misspelt name was probably meant to be. */
final class NearestName {
  /** Longer names than any of ours; comparing them would be work done for a stranger. */
  private static final int LONGEST = 64;

  private NearestName() {}

  /** The known name that is nearest, or an empty string where none is near. */
  static String to(String name, Iterable<String> known) {
    if (name.isEmpty() || name.length() > LONGEST) {
      return "";
    }
    String written = name.toLowerCase(Locale.ROOT);
    String nearest = "";
    // One slip in four letters; farther names would be guesses.
    int least = written.length() / 4 + 1;
    for (String candidate : known) {
      int distance = distance(written, candidate.toLowerCase(Locale.ROOT));
      if (distance <= least && (nearest.isEmpty() || distance < least)) {
        nearest = candidate;
        least = distance;
      }
    }
    return nearest;
  }

  /** Letters to put in, take out or replace to make one of the other (Levenshtein). */
  private static int distance(String from, String to) {
    int[] above = new int[to.length() + 1];
    int[] row = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      above[column] = column;
    }
    for (int i = 1; i <= from.length(); i++) {
      row[0] = i;
      for (int column = 1; column <= to.length(); column++) {
        int replace = from.charAt(i - 1) == to.charAt(column - 1) ? 0 : 1;
        row[column] =
            Math.min(above[column - 1] + replace, Math.min(above[column] + 1, row[column - 1] + 1));
      }
      int[] swap = above;
      above = row;
      row = swap;
    }
    return above[to.length()];
  }
}
