/**
 * Drivers on event loops beside each other and beside threads: rates, CPU and memory while many
 * connections are at work at once. What one operation costs one thread is measured elsewhere.
 */
@NullMarked
package io.bonito.benchmarks.reactive;

import org.jspecify.annotations.NullMarked;
