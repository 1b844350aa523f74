package io.bonito.r2dbc;

import io.r2dbc.spi.Result.Segment;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.RowMetadata;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;

/** What a function makes of each row. */
final class MappedRows<T> extends Consumption<T> {
  private final BiFunction<Row, RowMetadata, ? extends T> function;

  MappedRows(
      Source source,
      @Nullable Predicate<Segment> filter,
      BiFunction<Row, RowMetadata, ? extends T> function,
      Subscriber<? super T> subscriber) {
    super(source, filter, subscriber);
    this.function = function;
  }

  @Override
  void requested(long count) {
    source().request(count);
  }

  @Override
  public void row(BonitoRow row, BonitoRowMetadata metadata, Segments.OfRow segment) {
    T value;
    try {
      if (isFiltered() && !accepts(segment)) {
        source().request(1); // in its place
        return;
      }
      value = function.apply(row, metadata);
      if (value == null) {
        throw new NullPointerException("the mapping function gave null for a row");
      }
    } catch (Throwable e) {
      abandon(e);
      return;
    }
    give(value);
  }

  @Override
  public void end() {
    complete();
  }
}
