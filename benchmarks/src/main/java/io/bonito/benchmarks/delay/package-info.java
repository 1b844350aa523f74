/**
 * A network's delay, made on this machine. It knows bytes only: neither packets nor who sends them.
 */
@NullMarked
package io.bonito.benchmarks.delay;

import org.jspecify.annotations.NullMarked;
