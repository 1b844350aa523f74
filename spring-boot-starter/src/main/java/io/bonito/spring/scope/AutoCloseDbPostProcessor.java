package io.bonito.spring.scope;

import io.bonito.pool.annotation.AutoCloseDb;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.ComposablePointcut;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.core.Ordered;

/**
 * Puts a scope around methods that are annotated or whose class is.
 *
 * <pre>
 *   asynchronous ( scope ( transaction ( method ) ) )
 * </pre>
 *
 * <p>A transaction that a method begins ends inside its scope. What hands the call to another
 * thread comes later in the order of processors and so lies around the scope, as must be: a scope
 * knows what its own thread takes.
 */
final class AutoCloseDbPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor {
  private static final long serialVersionUID = 1;

  AutoCloseDbPostProcessor(boolean proxyTargetClass) {
    ComposablePointcut annotated =
        new ComposablePointcut(new AnnotationMatchingPointcut(AutoCloseDb.class, true))
            .union(
                new AnnotationMatchingPointcut(
                    null, AutoCloseDb.class, /* checkInherited= */ true));
    advisor = new DefaultPointcutAdvisor(annotated, new AutoCloseDbInterceptor());
    setBeforeExistingAdvisors(true);
    setProxyTargetClass(proxyTargetClass);
    // Those that make calls asynchronous or call on a schedule are the last.
    setOrder(Ordered.LOWEST_PRECEDENCE - 1);
  }
}
