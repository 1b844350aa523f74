/**
 * Pools for programs that have a URL and nothing else. What a pool is, and its arguments, stand
 * elsewhere.
 */
@NullMarked
package io.bonito.pool.url;

import org.jspecify.annotations.NullMarked;
