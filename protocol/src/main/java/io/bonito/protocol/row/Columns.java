package io.bonito.protocol.row;

import io.bonito.protocol.message.ColumnDefinition;
import io.bonito.protocol.value.ColumnDecoder;
import io.bonito.protocol.value.ColumnType;
import io.bonito.protocol.value.DecodingOptions;
import io.bonito.protocol.value.WireFormat;
import java.util.List;

/**
 * The head of a result: what its columns are and how to read them. Immutable, so that a prepared
 * statement can keep it.
 */
public final class Columns {
  private final List<ColumnDefinition> definitions;
  private final WireFormat format;
  private final ColumnDecoder[] decoders;
  private final RowLayout layout;

  public Columns(List<ColumnDefinition> definitions, WireFormat format, DecodingOptions options) {
    this.definitions = List.copyOf(definitions);
    this.format = format;
    this.decoders = new ColumnDecoder[definitions.size()];
    for (int column = 0; column < decoders.length; column++) {
      decoders[column] = ColumnDecoder.of(definitions.get(column), format, options);
    }
    this.layout =
        switch (format) {
          case TEXT -> new TextRowLayout();
          case BINARY -> new BinaryRowLayout(binarySizes());
        };
  }

  public int count() {
    return decoders.length;
  }

  public WireFormat format() {
    return format;
  }

  public List<ColumnDefinition> definitions() {
    return definitions;
  }

  public ColumnDefinition definition(int column) {
    return definitions.get(column);
  }

  public ColumnDecoder decoder(int column) {
    return decoders[column];
  }

  /**
   * Looks a column up by its label, whatever the case.
   *
   * @return the first such column, or -1
   */
  public int indexOf(String label) {
    for (int column = 0; column < decoders.length; column++) {
      if (definitions.get(column).name().equalsIgnoreCase(label)) {
        return column;
      }
    }
    return -1;
  }

  RowLayout layout() {
    return layout;
  }

  ColumnDecoder[] decoders() {
    return decoders;
  }

  private int[] binarySizes() {
    int[] sizes = new int[decoders.length];
    for (int column = 0; column < sizes.length; column++) {
      sizes[column] = ColumnType.of(definitions.get(column).type()).binarySize();
    }
    return sizes;
  }
}
