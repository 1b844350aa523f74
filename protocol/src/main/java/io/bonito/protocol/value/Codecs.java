package io.bonito.protocol.value;

import io.bonito.protocol.message.ColumnDefinition;
import io.bonito.protocol.option.Slot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The codecs of a connection, in the order in which they are asked. */
public final class Codecs {
  public static final Codecs NONE = new Codecs(List.of());

  /** The place for them among a connection's options. */
  public static final Slot<Codecs> SLOT = new Slot<>("codecs", Codecs.class);

  private final Codec<?>[] codecs;

  public Codecs(List<? extends Codec<?>> codecs) {
    this.codecs = codecs.toArray(new Codec<?>[0]);
  }

  /** The first codec that reads this column as exactly this type, or null. */
  @SuppressWarnings("unchecked") // javaType() says so
  <T> @Nullable Codec<T> reader(Class<T> type, ColumnDefinition column) {
    for (Codec<?> codec : codecs) {
      if (codec.javaType() == type && codec.reads(column)) {
        return (Codec<T>) codec;
      }
    }
    return null;
  }

  /** The first codec whose type is the natural one for this column, or null. */
  @Nullable Codec<?> natural(ColumnDefinition column) {
    for (Codec<?> codec : codecs) {
      if (codec.isNaturalFor(column) && codec.reads(column)) {
        return codec;
      }
    }
    return null;
  }

  /**
   * Lets the first codec that takes such an object write it.
   *
   * @return whether there was one
   */
  public boolean write(Object value, Parameters parameters, int index) {
    for (Codec<?> codec : codecs) {
      if (codec.javaType().isInstance(value)) {
        write(codec, value, parameters, index);
        return true;
      }
    }
    return false;
  }

  private static <T> void write(Codec<T> codec, Object value, Parameters to, int index) {
    codec.write(codec.javaType().cast(value), to, index);
  }
}
