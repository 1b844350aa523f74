package io.bonito.protocol.value;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A charset of the servers, to and from Java strings. Nothing is replaced on the way: what has no
 * counterpart is a {@link ConversionException}.
 *
 * <p>Charsets of one byte per character are tables of our own. Those of more bytes, other than
 * Unicode's, are Java's: those that were found to agree best with the servers, all but a few signs
 * (some dashes, which are put right here, and rare characters of eucjpms and gb18030). A Java
 * runtime without the module {@code jdk.charsets} may lack some, and then such columns can be read
 * as bytes only. All this matters only after the application's own SET NAMES: by default the
 * servers send UTF-8.
 */
public final class SqlCharset {
  private static final Map<String, SqlCharset> BY_NAME = new HashMap<>();

  private static final String ASCII = ascii();
  private static final String NOTHING = "\uFFFD".repeat(128);

  public static final SqlCharset UTF8MB4 = unicode("utf8mb4", 4, "UTF-8");

  /** Not a charset: bytes. As text they are read as UTF-8, as the servers' own CAST does. */
  public static final SqlCharset BINARY = unicode("binary", 1, "UTF-8");

  static {
    unicode("utf8mb3", 3, "UTF-8");
    unicode("ucs2", 2, "UTF-16BE");
    unicode("utf16", 4, "UTF-16BE");
    unicode("utf16le", 4, "UTF-16LE");
    unicode("utf32", 4, "UTF-32BE");
    // In these, a character's second byte may be a backslash, or a lone first byte may swallow the
    // quote behind it.
    multiByte("big5", 2, "Big5", /* canHideQuote= */ true);
    multiByte("cp932", 2, "windows-31j", /* canHideQuote= */ true);
    multiByte("gb18030", 4, "GB18030", /* canHideQuote= */ true);
    multiByte("gbk", 2, "GBK", /* canHideQuote= */ true, "\u2641", "\u2295");
    // The servers write a backslash as 0x815F, where Java sees a wide one.
    multiByte("sjis", 2, "Shift_JIS", /* canHideQuote= */ true, "\uFF3C\u2014", "\\\u2015");
    multiByte(
        "eucjpms", 3, "x-eucJP-Open", /* canHideQuote= */ false, "\u2014\u2016", "\u2015\u2225");
    multiByte("euckr", 2, "x-windows-949", /* canHideQuote= */ false);
    multiByte("gb2312", 2, "GB2312", /* canHideQuote= */ false);
    multiByte("ujis", 3, "EUC-JP", /* canHideQuote= */ false, "\u2014", "\u2015");
    singleByte("armscii8", SingleByteTables.ARMSCII8);
    singleByte("ascii", NOTHING);
    singleByte("cp1250", SingleByteTables.CP1250);
    singleByte("cp1251", SingleByteTables.CP1251);
    singleByte("cp1256", SingleByteTables.CP1256);
    singleByte("cp1257", SingleByteTables.CP1257);
    singleByte("cp850", SingleByteTables.CP850);
    singleByte("cp852", SingleByteTables.CP852);
    singleByte("cp866", SingleByteTables.CP866);
    singleByte("dec8", SingleByteTables.DEC8);
    singleByte("geostd8", SingleByteTables.GEOSTD8);
    singleByte("greek", SingleByteTables.GREEK);
    singleByte("hebrew", SingleByteTables.HEBREW);
    singleByte("hp8", SingleByteTables.HP8);
    singleByte("keybcs2", SingleByteTables.KEYBCS2);
    singleByte("koi8r", SingleByteTables.KOI8R);
    singleByte("koi8u", SingleByteTables.KOI8U);
    singleByte("latin1", SingleByteTables.LATIN1);
    singleByte("latin2", SingleByteTables.LATIN2);
    singleByte("latin5", SingleByteTables.LATIN5);
    singleByte("latin7", SingleByteTables.LATIN7);
    singleByte("macce", SingleByteTables.MACCE);
    singleByte("macroman", SingleByteTables.MACROMAN);
    singleByte("tis620", SingleByteTables.TIS620);
    // Swedish letters stand where ASCII has brackets and the like.
    new SqlCharset("swe7", 1, null, swe7() + NOTHING, /* canHideQuote= */ false, "", "");
  }

  private final String name;
  private final int maxBytes;
  private final @Nullable String javaName;

  /** The 256 characters of a charset of one byte per character, or null. */
  private final @Nullable String table;

  private final boolean canHideQuote;
  private final boolean extendsAscii;

  /** Characters that Java reads where the server means those of {@link #serverSigns}. */
  private final String javaSigns;

  private final String serverSigns;

  private SqlCharset(
      String name,
      int maxBytes,
      @Nullable String javaName,
      @Nullable String table,
      boolean canHideQuote,
      String javaSigns,
      String serverSigns) {
    this.name = name;
    this.maxBytes = maxBytes;
    this.javaName = javaName;
    this.table = table;
    this.canHideQuote = canHideQuote;
    this.javaSigns = javaSigns;
    this.serverSigns = serverSigns;
    this.extendsAscii =
        table == null
            ? javaName != null && !javaName.startsWith("UTF-16") && !javaName.startsWith("UTF-32")
            : table.startsWith(ASCII);
    BY_NAME.put(name, this);
  }

  /**
   * The charset that the servers call so; {@code utf8} is utf8mb3. Of an unknown one nothing can be
   * read as text or written.
   */
  public static SqlCharset named(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    SqlCharset charset = BY_NAME.get(lower.equals("utf8") ? "utf8mb3" : lower);
    return charset == null ? unknown(name) : charset;
  }

  static SqlCharset unknown(String name) {
    return new SqlCharset(name);
  }

  private SqlCharset(String unknownName) {
    this.name = unknownName;
    this.maxBytes = 4;
    this.javaName = null;
    this.table = null;
    this.canHideQuote = true;
    this.javaSigns = "";
    this.serverSigns = "";
    this.extendsAscii = false;
  }

  public String name() {
    return name;
  }

  /** The most bytes that a character takes. */
  public int maxBytes() {
    return maxBytes;
  }

  /** Whether a quote or backslash in this charset's bytes need not be one in its text. */
  public boolean canHideQuote() {
    return canHideQuote;
  }

  /** Whether ASCII text is the same bytes here: not in UTF-16 and the like, nor in swe7. */
  public boolean extendsAscii() {
    return extendsAscii;
  }

  boolean isUtf8() {
    return "UTF-8".equals(javaName);
  }

  /**
   * @throws ConversionException where the bytes are not text in this charset
   */
  public String decode(byte[] bytes, int offset, int length) {
    if (isUtf8()) {
      String text = new String(bytes, offset, length, UTF_8);
      // Java has put U+FFFD where it found no UTF-8. It may also have been in the text.
      if (text.indexOf('\uFFFD') >= 0) {
        return decodeStrictly(UTF_8, bytes, offset, length);
      }
      return text;
    }
    if (table != null) {
      return decodeByTable(table, bytes, offset, length);
    }
    return replaced(decodeStrictly(javaCharset(), bytes, offset, length), javaSigns, serverSigns);
  }

  /**
   * @throws ConversionException where the text has characters that this charset has not
   */
  public byte[] encode(String text) {
    if (isUtf8()) {
      byte[] bytes = text.getBytes(UTF_8);
      // Java has put a question mark where it found half of a surrogate pair.
      if (bytes.length != text.length() || contains(bytes, (byte) '?')) {
        requirePairs(text);
      }
      return bytes;
    }
    if (table != null) {
      return encodeByTable(table, text);
    }
    for (int i = 0; i < javaSigns.length(); i++) {
      if (text.indexOf(javaSigns.charAt(i)) >= 0) {
        throw new ConversionException("the text has characters that " + name + " has not");
      }
    }
    try {
      ByteBuffer encoded =
          javaCharset()
              .newEncoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .encode(CharBuffer.wrap(replaced(text, serverSigns, javaSigns)));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new ConversionException("the text has characters that " + name + " has not", e);
    }
  }

  @Override
  public String toString() {
    return name;
  }

  private Charset javaCharset() {
    if (javaName == null) {
      throw new ConversionException("the charset " + name + " is unknown; read the value as bytes");
    }
    if (!Charset.isSupported(javaName)) {
      throw new ConversionException(
          "this Java runtime has no charset " + javaName + " for " + name + "; read bytes instead");
    }
    return Charset.forName(javaName);
  }

  private String decodeStrictly(Charset charset, byte[] bytes, int offset, int length) {
    try {
      return charset
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes, offset, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new ConversionException("a value of " + length + " bytes is not text in " + name, e);
    }
  }

  /** With one sign for another; a backslash is always ASCII's own when it is sent. */
  private static String replaced(String text, String from, String to) {
    String replaced = text;
    for (int i = 0; i < from.length(); i++) {
      if (from.charAt(i) != '\\') {
        replaced = replaced.replace(from.charAt(i), to.charAt(i));
      }
    }
    return replaced;
  }

  private String decodeByTable(String table, byte[] bytes, int offset, int length) {
    char[] text = new char[length];
    for (int i = 0; i < length; i++) {
      int code = bytes[offset + i] & 0xFF;
      char c = table.charAt(code);
      if (c == '\uFFFD') {
        throw new ConversionException(
            "the byte 0x" + Integer.toHexString(code) + " has no character in " + name);
      }
      text[i] = c;
    }
    return new String(text);
  }

  private byte[] encodeByTable(String table, String text) {
    byte[] bytes = new byte[text.length()];
    for (int i = 0; i < bytes.length; i++) {
      char c = text.charAt(i);
      int code = c < 0x80 && table.charAt(c) == c ? c : table.indexOf(c);
      if (code < 0 || c == '\uFFFD') {
        throw new ConversionException("the text has characters that " + name + " has not");
      }
      bytes[i] = (byte) code;
    }
    return bytes;
  }

  private static void requirePairs(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isHighSurrogate(text.charAt(i))
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          throw new ConversionException("half a surrogate pair at index " + i + " of a text");
        }
        i++;
      }
    }
  }

  /** Looks at eight bytes at a time: {@code x - 1 & ~x} has a top bit only for a zero byte. */
  private static boolean contains(byte[] bytes, byte wanted) {
    long pattern = (wanted & 0xFFL) * 0x0101_0101_0101_0101L;
    int at = 0;
    for (; at + 8 <= bytes.length; at += 8) {
      long x = LittleEndian.int64(bytes, at) ^ pattern;
      if ((x - 0x0101_0101_0101_0101L & ~x & 0x8080_8080_8080_8080L) != 0) {
        return true;
      }
    }
    for (; at < bytes.length; at++) {
      if (bytes[at] == wanted) {
        return true;
      }
    }
    return false;
  }

  private static SqlCharset unicode(String name, int maxBytes, String javaName) {
    return new SqlCharset(name, maxBytes, javaName, null, /* canHideQuote= */ false, "", "");
  }

  private static void multiByte(String name, int maxBytes, String javaName, boolean canHideQuote) {
    multiByte(name, maxBytes, javaName, canHideQuote, "", "");
  }

  private static void multiByte(
      String name,
      int maxBytes,
      String javaName,
      boolean canHideQuote,
      String javaSigns,
      String serverSigns) {
    new SqlCharset(name, maxBytes, javaName, null, canHideQuote, javaSigns, serverSigns);
  }

  private static void singleByte(String name, String upperHalf) {
    new SqlCharset(name, 1, null, ASCII + upperHalf, /* canHideQuote= */ false, "", "");
  }

  private static String ascii() {
    byte[] codes = new byte[128];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (byte) i;
    }
    return new String(codes, ISO_8859_1);
  }

  private static String swe7() {
    String from = "@[\\]^`{|}~\u007F";
    String to = "\u00C9\u00C4\u00D6\u00C5\u00DC\u00E9\u00E4\u00F6\u00E5\u00FC\uFFFD";
    StringBuilder swedish = new StringBuilder(ASCII);
    for (int i = 0; i < from.length(); i++) {
      swedish.setCharAt(from.charAt(i), to.charAt(i));
    }
    return swedish.toString();
  }
}
