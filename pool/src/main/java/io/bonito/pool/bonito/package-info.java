/**
 * What is better over Bonito's own driver than over others. The only package here that knows it;
 * without the driver on the class path nothing of this is used.
 */
@NullMarked
package io.bonito.pool.bonito;

import org.jspecify.annotations.NullMarked;
