package io.bonito.protocol.value;

import io.bonito.protocol.message.ColumnDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Adds a Java type to those that values can be read as and given as, or replaces one.
 *
 * <p>A codec need not know the wire formats: it reads through the column's decoder, whatever the
 * format, and writes through the setters of {@link Parameters}, whatever becomes of them. It is
 * given as an object, or found by {@link java.util.ServiceLoader} where no object is given; among
 * several, the first that fits is taken. A codec is shared by all threads.
 *
 * @param <T> the Java type
 */
public interface Codec<T> {
  Class<T> javaType();

  /** Whether {@link #read} can make sense of this column. */
  default boolean reads(ColumnDefinition column) {
    return true;
  }

  /** Whether this is what {@code getObject} without a class returns for this column. */
  default boolean isNaturalFor(ColumnDefinition column) {
    return false;
  }

  /**
   * Reads a value that is not NULL.
   *
   * <p>The bytes are the value's own, in place: they must be copied to be kept. {@code decoder}
   * says what the column is and in which format the bytes are, and turns them into all the usual
   * Java types.
   *
   * @throws ConversionException where the value cannot be a {@code T}
   */
  @Nullable T read(ColumnDecoder decoder, byte[] bytes, int offset, int length);

  /**
   * Gives a value to the parameter at {@code index}, by calling one of the setters.
   *
   * @throws ConversionException where the value cannot be sent
   */
  void write(T value, Parameters parameters, int index);
}
