package io.bonito.r2dbc;

import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Result.Segment;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.RowMetadata;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;

/** What a function makes of each row, or of whatever can be read: OUT parameters too. */
final class MappedRows<T> extends Consumption<T> {
  private final @Nullable BiFunction<Row, RowMetadata, ? extends T> ofRow;
  private final @Nullable Function<? super Readable, ? extends T> ofReadable;

  /** One of the two functions is given. */
  MappedRows(
      Source source,
      @Nullable Predicate<Segment> filter,
      @Nullable BiFunction<Row, RowMetadata, ? extends T> ofRow,
      @Nullable Function<? super Readable, ? extends T> ofReadable,
      Subscriber<? super T> subscriber) {
    super(source, filter, subscriber);
    this.ofRow = ofRow;
    this.ofReadable = ofReadable;
  }

  @Override
  void requested(long count) {
    source().request(count);
  }

  @Override
  public void row(BonitoRow row) {
    T value;
    try {
      if (isFiltered() && !accepts(row)) {
        source().request(1); // in its place
        return;
      }
      BiFunction<Row, RowMetadata, ? extends T> function = ofRow;
      value = function != null ? function.apply(row, row.getMetadata()) : read(row);
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
  public void out(BonitoOutParameters parameters) {
    T value;
    try {
      if (ofReadable == null || !accepts(parameters)) {
        return; // nothing is behind it but the end
      }
      value = read(parameters);
      if (value == null) {
        throw new NullPointerException("the mapping function gave null for OUT parameters");
      }
    } catch (Throwable e) {
      abandon(e);
      return;
    }
    give(value);
  }

  private @Nullable T read(Readable readable) {
    Function<? super Readable, ? extends T> function = ofReadable;
    return function == null ? null : function.apply(readable);
  }

  @Override
  public void end() {
    complete();
  }
}
