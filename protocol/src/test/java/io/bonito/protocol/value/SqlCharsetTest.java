package io.bonito.protocol.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlCharsetTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "armscii8",
        "ascii",
        "big5",
        "binary",
        "cp1250",
        "cp1251",
        "cp1256",
        "cp1257",
        "cp850",
        "cp852",
        "cp866",
        "cp932",
        "dec8",
        "eucjpms",
        "euckr",
        "gb18030",
        "gb2312",
        "gbk",
        "geostd8",
        "greek",
        "hebrew",
        "hp8",
        "keybcs2",
        "koi8r",
        "koi8u",
        "latin1",
        "latin2",
        "latin5",
        "latin7",
        "macce",
        "macroman",
        "sjis",
        "swe7",
        "tis620",
        "ucs2",
        "ujis",
        "utf16",
        "utf16le",
        "utf32",
        "utf8",
        "utf8mb3",
        "utf8mb4"
      })
  void knowsEveryCharsetOfBothServers(String name) {
    SqlCharset charset = SqlCharset.named(name);
    byte[] bytes = charset.encode("Hello 42");

    assertThat(charset.decode(bytes, 0, bytes.length)).isEqualTo("Hello 42");
    assertThat(charset.maxBytes()).isBetween(1, 4);
  }

  @ParameterizedTest
  @CsvSource({
    "latin1, 8081E9, '\u20ac\u0081\u00e9'",
    "cp1250, 80E6, \u20ac\u0107",
    "cp1251, CFF0, \u041f\u0440",
    "koi8r, F0D2, \u041f\u0440",
    "greek, C1E1, \u0391\u03b1",
    "hebrew, E0, \u05d0",
    "macroman, 8E, \u00e9",
    "hp8, C5, \u00e9",
    "tis620, A1, \u0e01",
    "swe7, 407D, \u00c9\u00e5",
    "ucs2, 20AC, \u20ac",
    "utf16, D83DDE00, \ud83d\ude00",
    "utf16le, 3DD800DE, \ud83d\ude00",
    "utf32, 0001F600, \ud83d\ude00",
    "big5, A741, \u4f60",
    "gbk, C4E3, \u4f60",
    "gb2312, C4E3, \u4f60",
    "gb18030, C4E3, \u4f60",
    "sjis, 93FA, \u65e5",
    "cp932, 8740, \u2460",
    "ujis, C6FC, \u65e5",
    "eucjpms, ADA1, \u2460",
    "euckr, C7D1, \ud55c",
    "utf8mb4, F09F9880, \ud83d\ude00"
  })
  void readsAndWritesTheSame(String name, String hex, String text) {
    SqlCharset charset = SqlCharset.named(name);
    byte[] bytes = HexFormat.of().parseHex(hex);

    assertThat(charset.decode(bytes, 0, bytes.length)).isEqualTo(text);
    assertThat(charset.encode(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({"latin1, \u0107", "ascii, \u00e9", "swe7, @", "gbk, \ud83d\ude00", "cp1251, \ufffd"})
  void refusesToWriteWhatTheCharsetHasNot(String name, String text) {
    assertThatThrownBy(() -> SqlCharset.named(name).encode(text))
        .isInstanceOf(ConversionException.class)
        .hasMessageContaining(name);
  }

  @ParameterizedTest
  @CsvSource({
    "gbk, true",
    "sjis, true",
    "big5, true",
    "cp932, true",
    "gb18030, true",
    "latin1, false",
    "utf8mb4, false",
    "UTF8MB3, false",
    "euckr, false",
    "ujis, false",
    "gb2312, false",
    "eucjpms, false",
    "nobody, true"
  })
  void knowsWhereAQuoteCanHide(String name, boolean canHideQuote) {
    assertThat(SqlCharset.named(name).canHideQuote()).isEqualTo(canHideQuote);
  }

  @ParameterizedTest
  @CsvSource({
    "utf8mb4, true",
    "latin1, true",
    "gbk, true",
    "ascii, true",
    "swe7, false",
    "ucs2, false",
    "utf16le, false",
    "utf32, false",
    "nobody, false"
  })
  void knowsWhereAsciiIsAscii(String name, boolean extendsAscii) {
    assertThat(SqlCharset.named(name).extendsAscii()).isEqualTo(extendsAscii);
  }

  @Test
  void readsNothingInACharsetThatNobodyKnows() {
    assertThatThrownBy(() -> SqlCharset.named("utf9").decode(new byte[] {65}, 0, 1))
        .isInstanceOf(ConversionException.class)
        .hasMessageContaining("utf9");
  }

  @ParameterizedTest
  @CsvSource({
    "1, big5",
    "8, latin1",
    "33, utf8mb3",
    "45, utf8mb4",
    "63, binary",
    "83, utf8mb3",
    "92, geostd8",
    "95, cp932",
    "97, eucjpms",
    "128, ucs2",
    "159, ucs2",
    "192, utf8mb3",
    "223, utf8mb3",
    "224, utf8mb4",
    "248, gb18030",
    "255, utf8mb4",
    "309, utf8mb4",
    "323, utf8mb4",
    "400, utf8mb4",
    "576, utf8mb3",
    "608, utf8mb4",
    "672, utf16",
    "736, utf32",
    "1032, latin1",
    "1069, utf8mb4",
    "1238, utf8mb3",
    "1270, utf8mb4",
    "2048, utf8mb3",
    "2304, utf8mb4",
    "2503, utf8mb4",
    "2560, ucs2",
    "2816, utf16",
    "3271, utf32"
  })
  void knowsTheCharsetOfACollation(int collation, String charset) {
    assertThat(Collation.charset(collation).name()).isEqualTo(charset);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 17, 100, 127, 1024, 2000, 4095, 4096, 60_000, 65_535})
  void knowsNoCharsetOfACollationThatIsNone(int collation) {
    assertThat(Collation.charset(collation).canHideQuote()).isTrue();
    assertThatThrownBy(() -> Collation.charset(collation).decode(new byte[] {65}, 0, 1))
        .isInstanceOf(ConversionException.class);
  }

  /** The servers write a backslash in two bytes there, and Java reads a wide one. */
  @Test
  void aBackslashOfSjisIsABackslash() {
    SqlCharset sjis = SqlCharset.named("sjis");
    byte[] ofServer = HexFormat.of().parseHex("61815F62");

    assertThat(sjis.decode(ofServer, 0, ofServer.length)).isEqualTo("a\\b");
    assertThat(sjis.encode("a\\b")).isEqualTo(new byte[] {'a', 0x5C, 'b'});
    assertThatThrownBy(() -> sjis.encode("a\uFF3Cb")).isInstanceOf(ConversionException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "sjis, 815C, '\u2015'",
    "ujis, A1BD, '\u2015'",
    "eucjpms, A1BD, '\u2015'",
    "eucjpms, A1C2, '\u2225'",
    "gbk, A892, '\u2295'"
  })
  void signsThatJavaReadsOtherwiseAreTheServers(String name, String hex, String text) {
    SqlCharset charset = SqlCharset.named(name);
    byte[] bytes = HexFormat.of().parseHex(hex);

    assertThat(charset.decode(bytes, 0, bytes.length)).isEqualTo(text);
    assertThat(charset.encode(text)).isEqualTo(bytes);
  }
}
