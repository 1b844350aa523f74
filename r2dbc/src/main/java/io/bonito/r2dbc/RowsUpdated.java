package io.bonito.r2dbc;

import io.r2dbc.spi.Result.Segment;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;

/** How many rows were changed; nothing where the statement was asked for rows. */
final class RowsUpdated extends Consumption<Long> {
  private boolean begun;
  private boolean ended;
  private boolean given;

  RowsUpdated(
      Source source, @Nullable Predicate<Segment> filter, Subscriber<? super Long> subscriber) {
    super(source, filter, subscriber);
  }

  @Override
  void requested(long count) {
    if (!begun) {
      begun = true;
      source().request(Long.MAX_VALUE);
    }
    giveIfMay();
  }

  @Override
  public void row(BonitoRow row) {}

  @Override
  public void out(BonitoOutParameters parameters) {}

  @Override
  public void end() {
    ended = true;
    giveIfMay();
  }

  private void giveIfMay() {
    if (!ended || given || isOver()) {
      return;
    }
    boolean counted;
    try {
      counted = source().hasCount() && accepts(new Segments.OfCount(source().rowsUpdated()));
    } catch (Throwable e) {
      fail(e);
      return;
    }
    if (!counted) {
      complete();
    } else if (demand() > 0) {
      given = true; // first, as it may ask for more at once
      give(source().rowsUpdated());
      complete();
    }
  }
}
