package io.bonito.protocol.exchange;

import io.bonito.protocol.buffer.ByteReader;
import io.bonito.protocol.buffer.ByteWriter;
import io.bonito.protocol.message.ColumnDefinition;
import io.bonito.protocol.row.Columns;
import io.bonito.protocol.value.DecodingOptions;
import io.bonito.protocol.value.WireFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The heads of a session's latest results, so that the same statement run again costs no new
 * objects for its columns. Most servers send the definitions each time; here they are compared as
 * bytes, and read only where they are others than before.
 *
 * <pre>
 *   collected:  size(4) definition(size)  size(4) definition(size) …
 * </pre>
 */
final class ColumnsCache {
  /** A power of two: an entry's place is told by the low bits of its hash. */
  private static final int PLACES = 32;

  /** Larger heads are not kept: reading their rows costs far more than making their columns. */
  private static final int LARGEST_KEPT = 16 * 1024;

  private final DecodingOptions decoding;
  private final @Nullable Entry[] entries = new @Nullable Entry[PLACES];
  private ByteWriter collected = new ByteWriter();
  private int count;

  ColumnsCache(DecodingOptions decoding) {
    this.decoding = decoding;
  }

  private record Entry(int hash, byte[] bytes, Columns columns) {
    boolean is(int otherHash, byte[] array, int size, WireFormat format) {
      return hash == otherHash
          && columns.format() == format
          && Arrays.equals(bytes, 0, bytes.length, array, 0, size);
    }
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
   * @return how many there are now
   */
  int collect(ByteReader payload) {
    int size = payload.remaining();
    collected.writeInt32(size);
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
    int hash = hash(array, size);
    int place = hash & PLACES - 1;
    Entry entry = entries[place];
    if (entry != null && entry.is(hash, array, size, format)) {
      return entry.columns();
    }
    Columns columns = decode(format, capabilities);
    entries[place] = new Entry(hash, Arrays.copyOf(array, size), columns);
    return columns;
  }

  private Columns decode(WireFormat format, long capabilities) {
    List<ColumnDefinition> definitions = new ArrayList<>();
    ByteReader all = new ByteReader().wrap(collected.array(), 0, collected.end());
    ByteReader one = new ByteReader();
    while (all.remaining() > 0) {
      int size = all.readInt32();
      definitions.add(
          ColumnDefinition.decode(one.wrap(all.bytes(), all.position(), size), capabilities));
      all.skip(size);
    }
    return new Columns(definitions, format, decoding);
  }

  private static int hash(byte[] bytes, int size) {
    int hash = size;
    for (int i = 0; i < size; i++) {
      hash = hash * 31 + bytes[i];
    }
    return hash ^ hash >>> 15;
  }
}
