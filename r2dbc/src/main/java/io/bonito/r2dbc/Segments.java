package io.bonito.r2dbc;

import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Row;
import org.jspecify.annotations.Nullable;

/** What results consist of. */
final class Segments {
  private Segments() {}

  /** The row is there while it is being mapped. */
  record OfRow(Row row) implements Result.RowSegment {}

  record OfCount(long value) implements Result.UpdateCount {}

  record OfOut(BonitoOutParameters outParameters) implements Result.OutSegment {}

  /** Why a result breaks off; the error signal follows in any case. */
  record OfError(R2dbcException exception) implements Result.Message {
    @Override
    public int errorCode() {
      return exception.getErrorCode();
    }

    @Override
    public @Nullable String sqlState() {
      return exception.getSqlState();
    }

    @Override
    public String message() {
      return String.valueOf(exception.getMessage());
    }
  }
}
