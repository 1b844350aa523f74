package io.bonito.conformance.types;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import io.bonito.testkit.server.Server;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Text of every charset that a column can have: converted by the server, as it is by default, and
 * as it lies in the column, where the application has turned conversion off.
 */
@Tag("server")
@Timeout(300)
class CharsetsTest {
  /** Words of many scripts; a charset has to hold those that it has the letters for. */
  private static final List<String> WORDS =
      List.of(
          "ascii 'quoted' \"twice\"",
          "back\\slash",
          "größe",
          "ÅÄÖ åäö",
          "żółw",
          "ěščřž",
          "šilauž",
          "İstanbul ğ",
          "Ελλάδα",
          "Привет",
          "Їжак",
          "שלום",
          "سلام",
          "สวัสดี",
          "Հայաստան",
          "საქართველო",
          "日本語 ソ表",
          "汉语",
          "漢語 功許",
          "한국어",
          "\uD83D\uDC1F",
          "\uD840\uDC0B");

  private static final List<String> COLUMNS = List.of("a", "b", "c");

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void textIsRightInColumnsOfEveryCharset(Server server) throws Exception {
    try (Ways ways = new Ways(server, "charsets")) {
      Map<String, List<String>> words = new LinkedHashMap<>();
      for (String charset : charsets(ways.first())) {
        words.put(charset, write(ways, charset));
      }
      assertThat(words).hasSizeGreaterThan(35);
      for (String results : List.of("utf8mb4", "NULL")) {
        List<Executable> each = new ArrayList<>();
        for (Way way : ways.all()) {
          way.run("SET character_set_results = " + results);
          words.forEach((charset, due) -> each.add(() -> requireWords(way, charset, due)));
        }
        assertAll(each);
      }
    }
  }

  private static List<String> charsets(Way way) throws Exception {
    return texts(
        way,
        "SELECT 0, NULL, CHARACTER_SET_NAME, NULL FROM information_schema.CHARACTER_SETS"
            + " WHERE CHARACTER_SET_NAME <> 'binary'");
  }

  private static List<String> texts(Way way, String sql) throws Exception {
    return way.read(sql).stream().map(reading -> String.valueOf(reading.text())).toList();
  }

  /** All ways take turns in writing, by literals and in binary. */
  private static List<String> write(Ways ways, String charset) throws Exception {
    Way first = ways.first();
    String table = "t_" + charset;
    first.run(
        "CREATE TABLE "
            + table
            + " (id INT, a CHAR(40), b VARCHAR(40), c TEXT) ENGINE=MyISAM CHARACTER SET "
            + charset);
    List<String> words = new ArrayList<>();
    for (String word : WORDS) {
      if (has(first, charset, word)) {
        Way way = ways.all().get(words.size() % ways.all().size());
        way.run("INSERT INTO " + table + " (id, a) VALUES (" + words.size() + ", ?)", word);
        words.add(word);
      }
    }
    assertThat(words).as(charset).isNotEmpty();
    first.run("UPDATE " + table + " SET b = a, c = a");
    return words;
  }

  /** Whether the server can bring the word there and back. */
  private static boolean has(Way way, String charset, String word) throws Exception {
    String hex = Getter.hex(word.getBytes(UTF_8));
    String there = "CONVERT(_utf8mb4 x'" + hex + "' USING " + charset + ")";
    String back = "HEX(CONVERT(" + there + " USING utf8mb4))";
    return hex.equals(way.read("SELECT 0, NULL, NULL, " + back + " WHERE 1 = 1").get(0).hex());
  }

  private static void requireWords(Way way, String charset, List<String> words) throws Exception {
    for (String column : COLUMNS) {
      assertThat(
              way.read("SELECT id, NULL, " + column + ", NULL FROM t_" + charset + " WHERE 1 = 1"))
          .as("%s %s by %s", charset, column, way)
          .extracting(Reading::text)
          .containsExactlyElementsOf(words);
    }
  }

  /**
   * The server's own conversion is the oracle; a byte without a character is "?" or U+FFFD there.
   */
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void everyByteOfASingleByteCharsetIsTheServersCharacter(Server server) throws Exception {
    try (Ways ways = new Ways(server, "bytes")) {
      Way way = ways.first();
      List<String> charsets =
          texts(
              way,
              "SELECT 0, NULL, CHARACTER_SET_NAME, NULL FROM information_schema.CHARACTER_SETS"
                  + " WHERE CHARACTER_SET_NAME <> 'binary' AND MAXLEN = 1");
      assertThat(charsets).hasSizeGreaterThan(20);
      way.run("SET character_set_results = NULL");
      way.run("SET sql_mode = ''"); // else ASCII refuses its upper half
      for (String charset : charsets) {
        way.run("DROP TABLE IF EXISTS t");
        way.run("CREATE TABLE t (id INT, v CHAR(1) CHARACTER SET " + charset + ") ENGINE=MyISAM");
        way.run("INSERT INTO t VALUES " + eachByte(charset));
        for (Reading reading :
            way.read("SELECT id, v, CONVERT(v USING utf8mb4), HEX(v) FROM t WHERE id >= 0")) {
          boolean none =
              "\uFFFD".equals(reading.text())
                  || ("?".equals(reading.text()) && reading.id() != '?');
          assertThat(reading.outcomes().get(Getter.STRING))
              .as("byte %s in %s", reading.hex(), charset)
              .isEqualTo(none ? Getter.REFUSED : reading.text());
        }
      }
    }
  }

  /** The lower half is ASCII's, but for Swedish letters. */
  private static String eachByte(String charset) {
    StringBuilder rows = new StringBuilder();
    int first = charset.equals("swe7") ? 0x40 : 0x80;
    for (int code = first; code < 256; code++) {
      rows.append(code == first ? "" : ", ")
          .append(String.format("(%d, _%s x'%02X')", code, charset, code));
    }
    return rows.toString();
  }
}
