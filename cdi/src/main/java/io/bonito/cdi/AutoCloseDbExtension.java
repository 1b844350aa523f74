package io.bonito.cdi;

import io.bonito.pool.annotation.AutoCloseDb;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.Discovery;
import jakarta.enterprise.inject.build.compatible.spi.MetaAnnotations;
import jakarta.enterprise.inject.build.compatible.spi.ScannedClasses;

/**
 * Makes {@link AutoCloseDb} an interceptor binding. It does not say so of itself, since then the
 * pool would need Jakarta's classes.
 */
public final class AutoCloseDbExtension implements BuildCompatibleExtension {
  /** Found by the container. */
  public AutoCloseDbExtension() {}

  /** Called by the container before it looks at the application's classes. */
  @Discovery
  public void discover(ScannedClasses classes, MetaAnnotations annotations) {
    annotations.addInterceptorBinding(AutoCloseDb.class);
    classes.add(AutoCloseDbInterceptor.class.getName());
  }
}
