/**
 * A pool whose borrowers wait on no thread. How things are lent, counted and checked is not here:
 * that is the pool module's engine; nor is any statement but those that put a connection in order.
 */
@NullMarked
package io.bonito.async.pool;

import org.jspecify.annotations.NullMarked;
