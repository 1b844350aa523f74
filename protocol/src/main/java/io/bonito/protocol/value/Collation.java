package io.bonito.protocol.value;

/**
 * The charset behind each collation id of both servers.
 *
 * <p>The servers share their numbers: where both have an id, it belongs to the same charset. This
 * table is their own, from MySQL 8.0.33 and MariaDB 11.4.5:
 *
 * <pre>
 *   SELECT ID, CHARACTER_SET_NAME FROM information_schema.COLLATIONS                          MySQL
 *   SELECT ID, CHARACTER_SET_NAME FROM information_schema.COLLATION_CHARACTER_SET_APPLICABILITY
 * </pre>
 */
public final class Collation {
  /** The id that says "these are bytes". */
  public static final int BINARY = 63;

  /** MySQL's newer collations. All are of utf8mb4, so those to come are taken for it too. */
  private static final int MYSQL_UNICODE_FROM = 256;

  private static final int MYSQL_UNICODE_TO = 1023;

  /** A name, then ids and ranges of ids. MariaDB reserves whole blocks of 256 for its uca1400. */
  private static final String IDS =
      """
      armscii8 32 64 1056 1088
      ascii 11 65 1035 1089
      big5 1 84 1025 1108
      binary 63
      cp1250 26 34 44 66 99 1050 1090
      cp1251 14 23 50-52 1074-1075
      cp1256 57 67 1081 1091
      cp1257 29 58-59 1082-1083
      cp850 4 80 1028 1104
      cp852 40 81 1064 1105
      cp866 36 68 1060 1092
      cp932 95-96 1119-1120
      dec8 3 69 1027 1093
      eucjpms 97-98 1121-1122
      euckr 19 85 1043 1109
      gb18030 248-250
      gb2312 24 86 1048 1110
      gbk 28 87 1052 1111
      geostd8 92-93 1116-1117
      greek 25 70 1049 1094
      hebrew 16 71 1040 1095
      hp8 6 72 1030 1096
      keybcs2 37 73 1061 1097
      koi8r 7 74 1031 1098
      koi8u 22 75 1046 1099
      latin1 5 8 15 31 47-49 94 1032 1071
      latin2 2 9 21 27 77 1033 1101
      latin5 30 78 1054 1102
      latin7 20 41-42 79 1065 1103
      macce 38 43 1062 1067
      macroman 39 53 1063 1077
      sjis 13 88 1037 1112
      swe7 10 82 1034 1106
      tis620 18 89 1042 1113
      ucs2 35 90 128-151 159 640-642 1059 1114 1152 1174 2560-2815
      ujis 12 91 1036 1115
      utf16 54-55 101-124 672-674 1078-1079 1125 1147 2816-3071
      utf16le 56 62 1080 1086
      utf32 60-61 160-183 736-738 1084-1085 1184 1206 3072-3327
      utf8mb3 33 76 83 192-215 223 576-578 1057 1107 1216 1238 2048-2303
      utf8mb4 45-46 224-247 255-323 608-610 1069-1070 1248 1270 2304-2559
      """;

  private static final SqlCharset[] CHARSETS = new SqlCharset[4096];

  static {
    for (int id = 0; id < CHARSETS.length; id++) {
      CHARSETS[id] =
          id >= MYSQL_UNICODE_FROM && id <= MYSQL_UNICODE_TO
              ? SqlCharset.UTF8MB4
              : SqlCharset.unknown("of collation " + id);
    }
    for (String line : IDS.split("\n")) {
      String[] words = line.split(" ");
      SqlCharset charset = SqlCharset.named(words[0]);
      for (int word = 1; word < words.length; word++) {
        int dash = words[word].indexOf('-');
        int from = Integer.parseInt(dash < 0 ? words[word] : words[word].substring(0, dash));
        int to = dash < 0 ? from : Integer.parseInt(words[word].substring(dash + 1));
        for (int id = from; id <= to; id++) {
          CHARSETS[id] = charset;
        }
      }
    }
  }

  private Collation() {}

  /** The charset of a collation; of an unknown one, a charset in which nothing can be read. */
  public static SqlCharset charset(int id) {
    return id >= 0 && id < CHARSETS.length
        ? CHARSETS[id]
        : SqlCharset.unknown("of collation " + id);
  }
}
