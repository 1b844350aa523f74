package io.bonito.protocol.message;

import io.bonito.protocol.buffer.ByteReader;
import io.bonito.protocol.buffer.MalformedPacketException;

/**
 * OK: a command or a result is complete. After rows it comes with the header of an EOF.
 *
 * <pre>
 *   OK    0x00 or 0xFE  affected rows(length-encoded)  insert id(length-encoded)
 *         status(2)  warnings(2)  info(length-encoded if SESSION_TRACK, else the rest)
 *         session changes(length-encoded) if the status says so
 *   EOF   0xFE  warnings(2)  status(2)
 * </pre>
 *
 * @param affectedRows 64 bits, unsigned
 * @param insertId 64 bits, unsigned; 0 where no row got one
 * @param status bits of {@link ServerStatus}
 * @param info text for people; at the login MariaDB's proof of identity
 * @see <a
 *     href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_ok_packet.html">OK_Packet</a>
 */
public record Ok(
    long affectedRows,
    long insertId,
    int status,
    int warnings,
    String info,
    SessionChanges changes) {
  public static final int HEADER = 0x00;

  /** What is known before the first one. */
  public static final Ok NONE = new Ok(0, 0, ServerStatus.AUTOCOMMIT, 0, "", SessionChanges.NONE);

  /** How an EOF begins, and an OK in its place. */
  public static final int END_HEADER = 0xFE;

  /**
   * A payload this large that begins with {@link #END_HEADER} is a row: the length of a value of 16
   * MiB or more.
   */
  private static final int SMALLEST_ROW_LIKE_END = 0xFFFFFF;

  private static final int EOF_SIZE = 5;

  /** {@code header(1) affected rows(1) insert id(1) status(2) warnings(2)}. */
  private static final int SMALLEST_OK = 7;

  /** True for an EOF, or an OK in its place, where a row could stand too. */
  public static boolean isEnd(ByteReader payload) {
    return payload.remaining() > 0
        && payload.peekUint8() == END_HEADER
        && payload.remaining() < SMALLEST_ROW_LIKE_END;
  }

  public static Ok decode(ByteReader payload, long capabilities) {
    payload.skip(1);
    long affectedRows = payload.readUnsigned();
    long insertId = payload.readUnsigned();
    int status = payload.readUint16();
    int warnings = payload.readUint16();
    String info = "";
    SessionChanges changes = SessionChanges.NONE;
    if ((capabilities & Capability.SESSION_TRACK) == 0) {
      info = payload.readText(payload.remaining());
    } else if (payload.remaining() > 0) {
      info = payload.readText();
      if ((status & ServerStatus.SESSION_STATE_CHANGED) != 0) {
        changes = SessionChanges.decode(payload);
      }
      payload.requireEnd("OK");
    }
    return new Ok(affectedRows, insertId, status, warnings, info, changes);
  }

  /**
   * Decodes as {@link #decode}, into the object of an earlier one where that says the same: most
   * OKs of a session do.
   */
  public static Ok decode(ByteReader payload, long capabilities, Ok earlier) {
    return earlier.isAllOf(payload) ? earlier : decode(payload, capabilities);
  }

  /** Whether a payload of the usual size says just this: no text, no changes, small numbers. */
  private boolean isAllOf(ByteReader payload) {
    byte[] bytes = payload.bytes();
    int at = payload.position();
    // The numbers are one byte each below 0xFB, so a payload of this size has no room for more.
    if (payload.remaining() != SMALLEST_OK
        || (bytes[at + 1] & 0xFF) != affectedRows
        || (bytes[at + 2] & 0xFF) != insertId
        || affectedRows >= 0xFB
        || insertId >= 0xFB
        || ((bytes[at + 3] & 0xFF) | (bytes[at + 4] & 0xFF) << 8) != status
        || ((bytes[at + 5] & 0xFF) | (bytes[at + 6] & 0xFF) << 8) != warnings
        || !info.isEmpty()
        || has(ServerStatus.SESSION_STATE_CHANGED)) {
      return false;
    }
    payload.skip(SMALLEST_OK);
    return true;
  }

  /** Decodes what ends columns or rows: an EOF or, where EOFs are deprecated, an OK. */
  public static Ok decodeEnd(ByteReader payload, long capabilities) {
    return decodeEnd(payload, capabilities, NONE);
  }

  /** The same, into the object of an earlier one where that can be. */
  public static Ok decodeEnd(ByteReader payload, long capabilities, Ok earlier) {
    // MariaDB sends an EOF for an opened cursor even where it was agreed that there are none.
    if ((capabilities & Capability.DEPRECATE_EOF) != 0 && payload.remaining() > EOF_SIZE) {
      return decode(payload, capabilities, earlier);
    }
    if (payload.remaining() != EOF_SIZE) {
      throw new MalformedPacketException("EOF of " + payload.remaining() + " bytes");
    }
    payload.skip(1);
    int warnings = payload.readUint16();
    return new Ok(0, 0, payload.readUint16(), warnings, "", SessionChanges.NONE);
  }

  public boolean has(int statusBit) {
    return (status & statusBit) != 0;
  }

  public boolean moreResultsFollow() {
    return has(ServerStatus.MORE_RESULTS_EXIST);
  }
}
