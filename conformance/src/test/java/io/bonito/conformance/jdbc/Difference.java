package io.bonito.conformance.jdbc;

import io.bonito.testkit.server.Family;
import java.util.Map;

/**
 * One thing that ours tells otherwise than a rival.
 *
 * @param aspect what it is: "getInt", "typeName", "execution state", without the numbers of rows
 *     and columns
 * @param type what ours says the column's type is; empty where it is about no column
 * @param ours the answer of ours, or "null"
 * @param theirs the rival's
 */
record Difference(
    Family server,
    RivalDriver rival,
    DriverRun.Mode mode,
    String script,
    String statement,
    String place,
    String aspect,
    String type,
    String ours,
    String theirs) {
  private static final String COLUMN = "column ";

  static Difference at(
      Family server,
      RivalDriver rival,
      DriverRun.Mode mode,
      String script,
      String place,
      String our,
      String their,
      Map<String, String> ours,
      Map<String, String> theirs) {
    int hash = place.lastIndexOf(" # ");
    String statement = place.substring(0, hash);
    String where = place.substring(hash + 3);
    String aspect =
        where
            .replaceFirst("^result \\d+ ", "")
            .replaceFirst("row \\d+ ", "")
            .replaceFirst("column \\d+ ", "")
            .replaceFirst("^(key|warning) \\d+", "$1");
    String type = "";
    int column = where.indexOf(COLUMN);
    if (column >= 0) {
      int end = where.indexOf(' ', column + COLUMN.length());
      String result = where.replaceFirst("^(result \\d+ ).*", "$1");
      String name = statement + " # " + result + where.substring(column, end) + " typeName";
      type = String.valueOf(ours.getOrDefault(name, theirs.get(name)));
    }
    return new Difference(server, rival, mode, script, statement, where, aspect, type, our, their);
  }

  boolean isFailure() {
    return ours.equals("fails");
  }

  boolean isTheirFailure() {
    return theirs.equals("fails");
  }

  boolean isGetter() {
    return aspect.startsWith("get");
  }

  String line() {
    return String.join(
            "\t", server + "", rival + "", mode + "", script, statement, place, type, ours, theirs)
        .replace("\n", "\\n");
  }
}
