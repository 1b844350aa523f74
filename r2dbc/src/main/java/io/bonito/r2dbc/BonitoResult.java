package io.bonito.r2dbc;

import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.RowMetadata;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * One result, to be consumed once, by whichever method; whoever comes second is told an {@link
 * IllegalStateException}.
 */
final class BonitoResult implements Result {
  private final Source source;
  private final @Nullable Predicate<Segment> filter;

  BonitoResult(Source source, @Nullable Predicate<Segment> filter) {
    this.source = source;
    this.filter = filter;
  }

  @Override
  public Publisher<Long> getRowsUpdated() {
    return subscriber -> source.consume(new RowsUpdated(source, filter, subscriber));
  }

  @Override
  public <T> Publisher<T> map(BiFunction<Row, RowMetadata, ? extends T> mappingFunction) {
    Objects.requireNonNull(mappingFunction);
    return subscriber ->
        source.consume(new MappedRows<>(source, filter, mappingFunction, null, subscriber));
  }

  @Override
  public <T> Publisher<T> map(Function<? super Readable, ? extends T> mappingFunction) {
    Objects.requireNonNull(mappingFunction);
    return subscriber ->
        source.consume(new MappedRows<>(source, filter, null, mappingFunction, subscriber));
  }

  @Override
  public Result filter(Predicate<Segment> predicate) {
    Objects.requireNonNull(predicate);
    Predicate<Segment> before = filter;
    return new BonitoResult(source, before == null ? predicate : before.and(predicate));
  }

  @Override
  public <T> Publisher<T> flatMap(
      Function<Segment, ? extends Publisher<? extends T>> mappingFunction) {
    Objects.requireNonNull(mappingFunction);
    return subscriber ->
        source.consume(new MappedSegments<>(source, filter, mappingFunction, subscriber));
  }
}
