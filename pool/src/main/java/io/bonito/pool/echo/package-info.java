/** What a pool does, as lines of {@code System.Logger}. */
@NullMarked
package io.bonito.pool.echo;

import org.jspecify.annotations.NullMarked;
