package io.bonito.protocol.value;

import io.bonito.protocol.message.ColumnDefinition;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
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

  /** Those that were given with the options as an object; else those that are {@link #found}. */
  public static Codecs of(ConnectionOptions options) {
    return options.object(SLOT).orElseGet(Codecs::found);
  }

  /**
   * Those that {@link ServiceLoader} finds: named in a {@code
   * META-INF/services/io.bonito.protocol.value.Codec}, or provided by a module. Whoever puts a jar
   * on the class path chooses them; nothing that a URL or a server says does.
   *
   * @throws IllegalStateException where one is named that cannot be had
   */
  public static Codecs found() {
    List<Codec<?>> found = new ArrayList<>();
    try {
      for (Codec<?> codec : ServiceLoader.load(Codec.class)) {
        found.add(codec);
      }
    } catch (ServiceConfigurationError e) {
      throw new IllegalStateException("a codec cannot be loaded: " + e.getMessage(), e);
    }
    return found.isEmpty() ? NONE : new Codecs(found);
  }

  boolean isEmpty() {
    return codecs.length == 0;
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
