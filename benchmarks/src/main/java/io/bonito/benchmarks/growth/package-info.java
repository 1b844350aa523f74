/**
 * How cost grows with rows, columns and connections. What an operation costs by itself is no matter
 * here.
 */
@NullMarked
package io.bonito.benchmarks.growth;

import org.jspecify.annotations.NullMarked;
