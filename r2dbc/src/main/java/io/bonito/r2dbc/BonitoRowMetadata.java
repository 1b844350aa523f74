package io.bonito.r2dbc;

import io.bonito.protocol.message.ColumnDefinition;
import io.bonito.protocol.row.Columns;
import io.r2dbc.spi.ColumnMetadata;
import io.r2dbc.spi.Nullability;
import io.r2dbc.spi.OutParameterMetadata;
import io.r2dbc.spi.OutParametersMetadata;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.RowMetadata;
import io.r2dbc.spi.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a result, or of a procedure's OUT parameters. Names are looked for whatever their
 * case, the first one counts.
 */
final class BonitoRowMetadata implements RowMetadata, OutParametersMetadata {
  private static final int UNKNOWN_DECIMALS = 31;

  private final Columns columns;
  private final ColumnKind[] kinds;

  // Results of the same statement share this, and whoever keeps it may ask from any thread.

  private volatile @Nullable List<Column> metadatas;

  /** Names as they were asked for. */
  private final Map<String, Integer> indexes = new ConcurrentHashMap<>(0);

  BonitoRowMetadata(Columns columns, boolean tinyIsTruth) {
    this.columns = columns;
    this.kinds = new ColumnKind[columns.count()];
    for (int column = 0; column < kinds.length; column++) {
      kinds[column] = ColumnKind.of(columns.definition(column), tinyIsTruth);
    }
  }

  /**
   * Takes these as what comes out of a procedure; to be called before anybody else has it.
   *
   * @param types as they were bound, in their order; MySQL tells texts as if they were bytes
   */
  void comeOut(List<Type> types) {
    for (int column = 0; column < kinds.length && types.size() == kinds.length; column++) {
      if (kinds[column].isBinary() && types.get(column).getJavaType() == String.class) {
        kinds[column] = ColumnKind.VARCHAR;
      }
    }
  }

  private List<Column> metadatas() {
    List<Column> known = metadatas;
    if (known == null) {
      List<Column> all = new ArrayList<>(kinds.length);
      for (int column = 0; column < kinds.length; column++) {
        all.add(new Column(columns.definition(column), kinds[column]));
      }
      known = Collections.unmodifiableList(all);
      metadatas = known;
    }
    return known;
  }

  ColumnKind kind(int column) {
    return kinds[column];
  }

  Columns columns() {
    return columns;
  }

  int check(int index) {
    if (index < 0 || index >= kinds.length) {
      throw new IndexOutOfBoundsException("column " + index + " of " + kinds.length);
    }
    return index;
  }

  int indexOf(String name) {
    if (name == null) {
      throw new IllegalArgumentException("there is no name");
    }
    Integer known = indexes.get(name);
    if (known != null) {
      return known;
    }
    int index = columns.indexOf(name);
    if (index < 0) {
      throw new NoSuchElementException("no column is named " + name);
    }
    indexes.put(name, index);
    return index;
  }

  @Override
  public ColumnMetadata getColumnMetadata(int index) {
    return metadatas().get(check(index));
  }

  @Override
  public ColumnMetadata getColumnMetadata(String name) {
    return metadatas().get(indexOf(name));
  }

  @Override
  public List<? extends ColumnMetadata> getColumnMetadatas() {
    return metadatas();
  }

  @Override
  public boolean contains(String columnName) {
    return columns.indexOf(columnName) >= 0;
  }

  @Override
  public OutParameterMetadata getParameterMetadata(int index) {
    return metadatas().get(check(index));
  }

  @Override
  public OutParameterMetadata getParameterMetadata(String name) {
    return metadatas().get(indexOf(name));
  }

  @Override
  public List<? extends OutParameterMetadata> getParameterMetadatas() {
    return metadatas();
  }

  private record Column(ColumnDefinition definition, ColumnKind kind)
      implements ColumnMetadata, OutParameterMetadata {
    @Override
    public Class<?> getJavaType() {
      return kind.javaType();
    }

    @Override
    public R2dbcType getType() {
      return kind.type();
    }

    @Override
    public String getName() {
      return definition.name();
    }

    @Override
    public ColumnDefinition getNativeTypeMetadata() {
      return definition;
    }

    @Override
    public Nullability getNullability() {
      return definition.isNotNull() ? Nullability.NON_NULL : Nullability.NULLABLE;
    }

    @Override
    public Integer getPrecision() {
      return (int) Math.min(definition.length(), Integer.MAX_VALUE);
    }

    @Override
    public Integer getScale() {
      return definition.decimals() == UNKNOWN_DECIMALS ? 0 : definition.decimals();
    }
  }
}
