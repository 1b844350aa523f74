/** {@code @AutoCloseDb} on the beans of a CDI container. Knows no pool: scopes do. */
@NullMarked
package io.bonito.cdi;

import org.jspecify.annotations.NullMarked;
