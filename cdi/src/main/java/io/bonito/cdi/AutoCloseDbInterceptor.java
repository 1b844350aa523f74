package io.bonito.cdi;

import io.bonito.pool.annotation.AutoCloseDb;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import org.jspecify.annotations.Nullable;

/**
 * Runs a method in a scope of its own, which lies around a transaction of the method's.
 *
 * <p>Where there is no CDI, {@code @Interceptors(AutoCloseDbInterceptor.class)} does the same.
 */
@AutoCloseDb
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 100)
public class AutoCloseDbInterceptor {
  /** Made by the container. */
  public AutoCloseDbInterceptor() {}

  /** Called by the container. */
  @AroundInvoke
  public @Nullable Object around(InvocationContext invocation) throws Exception {
    return io.bonito.pool.AutoCloseDb.call(invocation::proceed);
  }
}
