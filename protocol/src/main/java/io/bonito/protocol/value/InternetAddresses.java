package io.bonito.protocol.value;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** INET4 and INET6, to and from Java's addresses; a name is never looked up. */
final class InternetAddresses {
  private static final int GROUPS = 8;
  private static final int LONGEST_TEXT = 45;

  private InternetAddresses() {}

  /**
   * Reads {@code 192.0.2.1}, {@code 2001:db8::1} or {@code ::ffff:192.0.2.1}.
   *
   * @throws ConversionException for anything else
   */
  static InetAddress parse(byte[] bytes, int offset, int length) {
    if (length <= LONGEST_TEXT) {
      for (int i = offset; i < offset + length; i++) {
        if (bytes[i] == ':') {
          return of(parseGroups(bytes, offset, length), bytes, offset, length);
        }
      }
      byte[] address = new byte[4];
      if (parseDotted(bytes, offset, offset + length, address, 0)) {
        return of(address, bytes, offset, length);
      }
    }
    throw notAnAddress(bytes, offset, length);
  }

  /** The address as numbers, without the interface that Java may know it by. */
  static String format(InetAddress address) {
    String text = address.getHostAddress();
    int scope = text.indexOf('%');
    return scope < 0 ? text : text.substring(0, scope);
  }

  private static byte[] parseGroups(byte[] bytes, int offset, int length) {
    int[] groups = new int[GROUPS];
    int count = 0;
    int gap = -1; // how many groups precede "::"
    int at = offset;
    int end = offset + length;
    if (length >= 2 && bytes[at] == ':' && bytes[at + 1] == ':') {
      gap = 0;
      at += 2;
    }
    while (at < end) {
      int stop = at;
      while (stop < end && bytes[stop] != ':') {
        stop++;
      }
      byte[] dotted = new byte[4];
      if (stop == end && count <= GROUPS - 2 && parseDotted(bytes, at, end, dotted, 0)) {
        groups[count++] = (dotted[0] & 0xFF) << 8 | (dotted[1] & 0xFF);
        groups[count++] = (dotted[2] & 0xFF) << 8 | (dotted[3] & 0xFF);
        at = end;
        break;
      }
      if (count == GROUPS || stop == at || stop - at > 4) {
        throw notAnAddress(bytes, offset, length);
      }
      int group = 0;
      for (; at < stop; at++) {
        int digit = Character.digit(bytes[at], 16);
        if (digit < 0) {
          throw notAnAddress(bytes, offset, length);
        }
        group = group << 4 | digit;
      }
      groups[count++] = group;
      if (at < end) {
        at++;
        if (at < end && bytes[at] == ':') {
          if (gap >= 0) {
            throw notAnAddress(bytes, offset, length);
          }
          gap = count;
          at++;
        } else if (at == end) {
          throw notAnAddress(bytes, offset, length); // ends with a single colon
        }
      }
    }
    if (gap < 0 ? count != GROUPS : count == GROUPS) {
      throw notAnAddress(bytes, offset, length);
    }
    byte[] address = new byte[2 * GROUPS];
    for (int i = 0; i < count; i++) {
      int place = gap >= 0 && i >= gap ? GROUPS - count + i : i;
      address[2 * place] = (byte) (groups[i] >> 8);
      address[2 * place + 1] = (byte) groups[i];
    }
    return address;
  }

  /** Reads four numbers from 0 to 255 with dots between them; returns whether they were there. */
  private static boolean parseDotted(byte[] bytes, int from, int end, byte[] address, int at) {
    int number = -1;
    int place = at;
    for (int i = from; i <= end; i++) {
      if (i == end || bytes[i] == '.') {
        if (number < 0 || place == at + 4) {
          return false;
        }
        address[place++] = (byte) number;
        number = -1;
      } else {
        int digit = bytes[i] - '0';
        if (digit < 0 || digit > 9) {
          return false;
        }
        number = Math.max(number, 0) * 10 + digit;
        if (number > 255) {
          return false;
        }
      }
    }
    return place == at + 4;
  }

  private static InetAddress of(byte[] address, byte[] bytes, int offset, int length) {
    try {
      return InetAddress.getByAddress(address);
    } catch (UnknownHostException e) { // only for an address that is not of 4 or 16 bytes
      throw notAnAddress(bytes, offset, length);
    }
  }

  private static ConversionException notAnAddress(byte[] bytes, int offset, int length) {
    return new ConversionException(
        "not an internet address: " + AsciiNumbers.quote(bytes, offset, length));
  }
}
