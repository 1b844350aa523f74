package io.bonito.testkit.fault;

/**
 * Where in a stream of packets we are.
 *
 * <pre>
 *   length(3) sequence(1) payload(length)
 * </pre>
 *
 * <p>Once a client has asked for TLS there are no packets to be seen: all that follows counts as
 * one.
 */
final class PacketTracker {
  private static final int HEADER = 4;

  /** An SSL request's payload, and the bit of CLIENT_SSL in its second byte. */
  private static final int SSL_REQUEST = 32;

  private static final int SSL_BIT = 0x08;

  private int packet;
  private int offset;
  private int length;
  private int header;
  private boolean tlsBit;
  private boolean opaque;
  private long packets;
  private long bytes;

  synchronized int packet() {
    return packet;
  }

  synchronized int offset() {
    return offset;
  }

  synchronized long packets() {
    return packets;
  }

  synchronized long bytes() {
    return bytes;
  }

  /**
   * How many bytes there are up to the next place that matters: the end of the header or packet.
   */
  synchronized int bytesToBoundary() {
    if (opaque) {
      return Integer.MAX_VALUE;
    }
    return offset < HEADER ? HEADER - offset : HEADER + length - offset;
  }

  /** Notes bytes of one packet; true where they end it. */
  synchronized boolean passed(byte[] values) {
    boolean ends = false;
    for (byte value : values) {
      ends = passed(value);
    }
    return ends;
  }

  private boolean passed(byte value) {
    bytes++;
    if (opaque) {
      offset++;
      return false;
    }
    if (offset < HEADER) {
      header = header >>> 8 | value << 24;
      if (offset == HEADER - 1) {
        length = header & 0xffffff;
      }
    }
    if (offset == HEADER + 1) {
      tlsBit = (value & SSL_BIT) != 0;
    }
    offset++;
    return offset >= HEADER && offset == HEADER + length;
  }

  /** Whether the packet that just ended was a client's request for TLS; it has been counted. */
  synchronized boolean wasTlsRequest() {
    return length == SSL_REQUEST && tlsBit && packets == 1;
  }

  synchronized void count() {
    packets++;
  }

  synchronized void nextPacket() {
    packet++;
    offset = 0;
    length = 0;
  }

  synchronized boolean isOpaque() {
    return opaque;
  }

  synchronized void beOpaque() {
    opaque = true;
  }

  /** Counts anew: what comes next is packet 0. */
  synchronized void mark() {
    if (opaque) {
      offset = 0;
    }
    packet = offset == 0 ? 0 : -1;
  }
}
