/** Pools beside each other. No server and no driver takes part. */
@NullMarked
package io.bonito.benchmarks.pool;

import org.jspecify.annotations.NullMarked;
