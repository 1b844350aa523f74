package io.bonito.protocol.exchange;

import io.bonito.protocol.buffer.ByteReader;
import io.bonito.protocol.buffer.ByteWriter;
import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.message.ColumnDefinition;
import io.bonito.protocol.packet.PacketHeader;
import io.bonito.protocol.packet.PacketReader;
import io.bonito.protocol.row.Columns;
import io.bonito.protocol.value.DecodingOptions;
import io.bonito.protocol.value.WireFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The heads of a session's latest results, so that the same statement run again costs no new
 * objects for its columns. Most servers send the definitions each time; here their packets are
 * compared as bytes, and read only where they are others than before.
 *
 * <pre>
 *   collected:  size(3) sequence(1) definition(size)  size(3) sequence(1) definition(size) …
 * </pre>
 *
 * <p>Where a head has arrived whole and is one of those known, its packets are passed over in one
 * step. Which one it could be is told by its first definition.
 */
final class ColumnsCache {
  /** A power of two: an entry's place is told by the low bits of a hash. */
  private static final int PLACES = 32;

  /** Larger heads are not kept: reading their rows costs far more than making their columns. */
  private static final int LARGEST_KEPT = 16 * 1024;

  private final DecodingOptions decoding;

  /** By the hash of all their bytes. */
  private final @Nullable Entry[] entries = new @Nullable Entry[PLACES];

  /** Those of them that were met last, by the hash of their first definition. */
  private final @Nullable Entry[] byFirst = new @Nullable Entry[PLACES];

  private ByteWriter collected = new ByteWriter();
  private int count;

  ColumnsCache(DecodingOptions decoding) {
    this.decoding = decoding;
  }

  private record Entry(int hash, byte[] packets, Columns columns) {
    boolean is(int otherHash, byte[] array, int size, WireFormat format) {
      return hash == otherHash
          && columns.format() == format
          && Arrays.equals(packets, 0, packets.length, array, 0, size);
    }
  }

  /**
   * Passes over a head that is known and has arrived whole.
   *
   * @param columnCount how many definitions it has
   * @return its columns; null where it must be read
   */
  @Nullable Columns pass(PacketReader packets, int columnCount, WireFormat format) {
    Entry entry = byFirst[packets.hashOfNext() & (PLACES - 1)];
    return entry != null
            && entry.columns().count() == columnCount
            && entry.columns().format() == format
            && packets.pass(entry.packets(), columnCount)
        ? entry.columns()
        : null;
  }

  /** Forgets what was collected before. */
  void begin() {
    if (collected.array().length > 2 * LARGEST_KEPT) {
      collected = new ByteWriter();
    }
    collected.truncate(0);
    count = 0;
  }

  /**
   * Takes one definition's payload.
   *
   * @param sequence of its packet
   * @return how many there are now
   */
  int collect(ByteReader payload, int sequence) {
    int size = payload.remaining();
    if (size >= PacketHeader.LARGEST_BODY) {
      throw new MalformedPacketException("a column's definition of " + size + " bytes");
    }
    collected.writeInt24(size);
    collected.writeInt8(sequence);
    collected.writeBytes(payload.bytes(), payload.position(), size);
    return ++count;
  }

  /** The columns of the definitions collected. */
  Columns columns(WireFormat format, long capabilities) {
    byte[] array = collected.array();
    int size = collected.end();
    if (size > LARGEST_KEPT) {
      return decode(format, capabilities);
    }
    int hash = PacketReader.hash(array, 0, size);
    int place = hash & PLACES - 1;
    Entry entry = entries[place];
    if (entry == null || !entry.is(hash, array, size, format)) {
      entry = new Entry(hash, Arrays.copyOf(array, size), decode(format, capabilities));
      entries[place] = entry;
    }
    int firstSize = PacketHeader.SIZE + PacketHeader.bodySize(PacketHeader.read(array, 0));
    byFirst[PacketReader.hash(array, 0, firstSize) & (PLACES - 1)] = entry;
    return entry.columns();
  }

  private Columns decode(WireFormat format, long capabilities) {
    List<ColumnDefinition> definitions = new ArrayList<>();
    ByteReader all = new ByteReader().wrap(collected.array(), 0, collected.end());
    ByteReader one = new ByteReader();
    while (all.remaining() > 0) {
      int size = PacketHeader.bodySize(all.readInt32());
      definitions.add(
          ColumnDefinition.decode(one.wrap(all.bytes(), all.position(), size), capabilities));
      all.skip(size);
    }
    return new Columns(definitions, format, decoding);
  }
}
