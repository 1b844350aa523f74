/** {@code @AutoCloseDb} on Spring's beans. Knows no pool: scopes do. */
@NullMarked
package io.bonito.spring.scope;

import org.jspecify.annotations.NullMarked;
