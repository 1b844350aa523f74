/**
 * Which connections were taken by whom since when, for those who give them back. Knows nothing of
 * pools: it is told each connection.
 */
@NullMarked
package io.bonito.pool.scope;

import org.jspecify.annotations.NullMarked;
