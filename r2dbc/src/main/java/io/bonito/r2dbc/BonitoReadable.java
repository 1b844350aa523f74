package io.bonito.r2dbc;

import io.bonito.protocol.row.Row;
import io.bonito.protocol.value.ConversionException;
import io.r2dbc.spi.Blob;
import io.r2dbc.spi.Clob;
import io.r2dbc.spi.Readable;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Values of the server's, to be read by index and by name; rows and OUT parameters alike. */
abstract class BonitoReadable implements Readable {
  private final BonitoRowMetadata metadata;
  private @Nullable Row row;

  BonitoReadable(BonitoRowMetadata metadata) {
    this.metadata = metadata;
  }

  /**
   * @param current null where there is nothing to read any more
   */
  final void lend(@Nullable Row current) {
    row = current;
  }

  /** What is known of these values; a covariant answer to both kinds' question. */
  public final BonitoRowMetadata getMetadata() {
    return metadata;
  }

  @Override
  public final <T> @Nullable T get(int index, Class<T> type) {
    return read(metadata.check(index), type);
  }

  @Override
  public final <T> @Nullable T get(String name, Class<T> type) {
    return read(metadata.indexOf(name), type);
  }

  @SuppressWarnings("unchecked") // the branches say so
  private <T> @Nullable T read(int column, Class<T> type) {
    if (type == null) {
      throw new IllegalArgumentException("there is no type");
    }
    Row current = row;
    if (current == null) {
      throw new IllegalStateException("a row can be read in its mapping function alone");
    }
    if (current.isNull(column)) {
      return null;
    }
    try {
      if (type == Object.class) {
        return (T)
            (metadata.columns().decoder(column).hasNaturalCodec()
                ? current.getObject(column)
                : metadata.kind(column).read(current, column));
      }
      if (type == ByteBuffer.class) {
        return (T) ByteBuffer.wrap(bytes(current, column));
      }
      if (type == Blob.class) {
        return (T) Lobs.blob(bytes(current, column));
      }
      if (type == Clob.class) {
        return (T) Lobs.clob(String.valueOf(current.getString(column)));
      }
      return current.get(column, type);
    } catch (ConversionException e) {
      throw Exceptions.conversion(e);
    }
  }

  private static byte[] bytes(Row row, int column) {
    byte[] bytes = row.getBytes(column);
    return bytes == null ? new byte[0] : bytes;
  }
}
