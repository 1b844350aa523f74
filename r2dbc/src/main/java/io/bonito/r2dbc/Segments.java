package io.bonito.r2dbc;

import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.Result;
import org.jspecify.annotations.Nullable;

/** What results consist of, besides what can be read. */
final class Segments {
  private Segments() {}

  record OfCount(long value) implements Result.UpdateCount {}

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
