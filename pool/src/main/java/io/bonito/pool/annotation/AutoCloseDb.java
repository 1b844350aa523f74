package io.bonito.pool.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Each connection that the calling thread takes in here goes back to its pool at the end, whether
 * it was closed or not. Where no framework reads this, {@link io.bonito.pool.AutoCloseDb} does the
 * same.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface AutoCloseDb {}
