package io.bonito.r2dbc;

import io.bonito.async.AsyncException;
import io.bonito.protocol.option.OptionException;
import io.bonito.protocol.value.ConversionException;
import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcPermissionDeniedException;
import io.r2dbc.spi.R2dbcRollbackException;
import io.r2dbc.spi.R2dbcTimeoutException;
import io.r2dbc.spi.R2dbcTransientResourceException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Makes every R2dbcException of this driver; the one place where a failure gets its class. */
final class Exceptions {
  private static final String CANNOT_CONVERT = "22018";
  private static final String GENERAL_ERROR = "HY000";

  private Exceptions() {}

  /** What has no class of its own in R2DBC; running it again would end the same. */
  private static final class GeneralException extends R2dbcNonTransientException {
    private static final long serialVersionUID = 1L;

    GeneralException(
        String message,
        @Nullable String state,
        int code,
        @Nullable String sql,
        @Nullable Throwable cause) {
      super(message, state, code, sql, cause);
    }
  }

  /**
   * What ended a statement. What the application has thrown stays what it is.
   *
   * @param sql null where no statement of the application's was under way
   */
  static Throwable of(Throwable thrown, @Nullable String sql) {
    if (thrown instanceof CompletionException && thrown.getCause() != null) {
      return of(thrown.getCause(), sql);
    }
    if (thrown instanceof AsyncException failure) {
      return of(failure, sql);
    }
    if (thrown instanceof ConversionException failure) {
      return conversion(failure);
    }
    return thrown;
  }

  private static R2dbcException of(AsyncException failure, @Nullable String sql) {
    String message = String.valueOf(failure.getMessage());
    String state = failure.sqlState();
    int code = failure.vendorCode();
    return switch (failure.kind()) {
      case INTEGRITY, DATA, TRUNCATION ->
          new R2dbcDataIntegrityViolationException(message, state, code, sql, failure);
      case SYNTAX, UNSUPPORTED -> new R2dbcBadGrammarException(message, state, code, sql, failure);
      case DENIED, AUTHENTICATION ->
          new R2dbcPermissionDeniedException(message, state, code, sql, failure);
      case ROLLBACK -> new R2dbcRollbackException(message, state, code, sql, failure);
      case LOCK_UNAVAILABLE, CAPACITY ->
          new R2dbcTransientResourceException(message, state, code, sql, failure);
      case TIMEOUT -> new R2dbcTimeoutException(message, state, code, sql, failure);
      case CONNECTION -> new R2dbcNonTransientResourceException(message, state, code, sql, failure);
      case INTERRUPTED, READ_ONLY, XA, GENERAL ->
          new GeneralException(message, state, code, sql, failure);
    };
  }

  /** A value is not, or cannot be, of the Java type that was asked for. */
  static R2dbcException conversion(ConversionException failure) {
    return new R2dbcDataIntegrityViolationException(
        String.valueOf(failure.getMessage()), CANNOT_CONVERT, failure);
  }

  static R2dbcException option(OptionException failure) {
    return new R2dbcNonTransientResourceException(String.valueOf(failure.getMessage()), failure);
  }

  static R2dbcException general(String message) {
    return new GeneralException(message, GENERAL_ERROR, 0, null, null);
  }
}
