package io.bonito.r2dbc;

import io.bonito.protocol.row.Row;
import io.bonito.protocol.value.ConversionException;
import io.r2dbc.spi.Blob;
import io.r2dbc.spi.Clob;
import io.r2dbc.spi.RowMetadata;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The row that a mapping function has before it, while it has: the bytes under it go then. */
final class BonitoRow implements io.r2dbc.spi.Row {
  private final BonitoRowMetadata metadata;
  private @Nullable Row row;

  BonitoRow(BonitoRowMetadata metadata) {
    this.metadata = metadata;
  }

  void lend(@Nullable Row current) {
    row = current;
  }

  @Override
  public RowMetadata getMetadata() {
    return metadata;
  }

  @Override
  public <T> @Nullable T get(int index, Class<T> type) {
    return read(metadata.check(index), type);
  }

  @Override
  public <T> @Nullable T get(String name, Class<T> type) {
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
