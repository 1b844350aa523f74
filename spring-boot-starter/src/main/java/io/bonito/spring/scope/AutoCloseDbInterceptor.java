package io.bonito.spring.scope;

import io.bonito.pool.scope.Lasting;
import io.bonito.pool.scope.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.ClassUtils;

/**
 * Runs a method in a scope, which ends with it or with what it returns. What belongs to a
 * transaction that began outside is left to that.
 */
final class AutoCloseDbInterceptor implements MethodInterceptor {
  private static final boolean REACTIVE =
      ClassUtils.isPresent(
          "org.reactivestreams.FlowAdapters", AutoCloseDbInterceptor.class.getClassLoader());

  @Override
  public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
    Scope scope = new Scope();
    boolean lasts = false;
    Object result;
    Scope.Entry entry = scope.enter();
    try {
      result = invocation.proceed();
      if (result == null) {
        return null;
      }
      if (Lasting.isLasting(result)) {
        lasts = true;
        return Lasting.closing(result, scope);
      }
      Object closing = REACTIVE ? ReactiveResults.closing(result, scope) : null;
      lasts = closing != null;
      return closing == null ? result : closing;
    } finally {
      entry.close();
      scope.leave(AutoCloseDbInterceptor::isOfTransaction);
      if (!lasts) {
        scope.close();
      }
    }
  }

  /** Whether this thread's transaction holds it, which then began outside. */
  private static boolean isOfTransaction(Connection connection) {
    return TransactionSynchronizationManager.getResourceMap().values().stream()
        .anyMatch(resource -> resource instanceof ConnectionHolder held && holds(held, connection));
  }

  private static boolean holds(ConnectionHolder holder, Connection connection) {
    try {
      return !connection.isClosed()
          && DataSourceUtils.getTargetConnection(holder.getConnection()) == connection;
    } catch (SQLException | IllegalArgumentException e) {
      // A holder without a connection.
      return false;
    }
  }
}
