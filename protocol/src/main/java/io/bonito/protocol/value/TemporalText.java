package io.bonito.protocol.value;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Dates and times as the servers write them. */
final class TemporalText {
  private static final int[] POWERS_OF_TEN = {1, 10, 100, 1000, 10_000, 100_000, 1_000_000};

  private TemporalText() {}

  /** {@code 2026-08-21} */
  static String date(long packed) {
    byte[] text = new byte[10];
    putDate(text, packed);
    return text(text, text.length);
  }

  /**
   * {@code 2026-08-21 17:04:05.123456}, with as many digits of the fraction as asked for.
   *
   * @param decimals 0 to 6
   */
  static String dateTime(long packed, int decimals) {
    byte[] text = new byte[26];
    putDate(text, packed);
    text[10] = ' ';
    put2(text, 11, PackedDateTime.hour(packed));
    text[13] = ':';
    put2(text, 14, PackedDateTime.minute(packed));
    text[16] = ':';
    put2(text, 17, PackedDateTime.second(packed));
    return text(text, putFraction(text, 19, PackedDateTime.micros(packed), decimals));
  }

  /**
   * {@code -838:59:59.999999}; hours have two digits or three.
   *
   * @param decimals 0 to 6
   */
  static String time(long signedMicros, int decimals) {
    byte[] text = new byte[17];
    long all = Math.abs(signedMicros);
    int seconds = (int) (all / SqlTime.MICROS_PER_SECOND);
    int hours = seconds / 3600;
    int at = 0;
    if (signedMicros < 0) {
      text[at++] = '-';
    }
    if (hours >= 100) {
      text[at++] = (byte) ('0' + hours / 100);
    }
    put2(text, at, hours % 100);
    text[at + 2] = ':';
    put2(text, at + 3, seconds / 60 % 60);
    text[at + 5] = ':';
    put2(text, at + 6, seconds % 60);
    int micros = (int) (all % SqlTime.MICROS_PER_SECOND);
    return text(text, putFraction(text, at + 8, micros, decimals));
  }

  private static void putDate(byte[] text, long packed) {
    int year = PackedDateTime.year(packed);
    put2(text, 0, year / 100);
    put2(text, 2, year % 100);
    text[4] = '-';
    put2(text, 5, PackedDateTime.month(packed));
    text[7] = '-';
    put2(text, 8, PackedDateTime.day(packed));
  }

  private static int putFraction(byte[] text, int at, int micros, int decimals) {
    if (decimals == 0) {
      return at;
    }
    text[at] = '.';
    int end = at + 1 + decimals;
    int digits = micros / POWERS_OF_TEN[6 - decimals];
    for (int i = end - 1; i > at; i--) {
      text[i] = (byte) ('0' + digits % 10);
      digits /= 10;
    }
    return end;
  }

  private static void put2(byte[] text, int at, int value) {
    text[at] = (byte) ('0' + value / 10);
    text[at + 1] = (byte) ('0' + value % 10);
  }

  private static String text(byte[] text, int length) {
    return new String(text, 0, length, ISO_8859_1);
  }
}
