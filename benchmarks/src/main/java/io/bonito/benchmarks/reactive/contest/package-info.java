/**
 * The words that the bench of event loops and its entrants share; the same classes for all, so
 * nothing here runs while time is taken.
 */
@NullMarked
package io.bonito.benchmarks.reactive.contest;

import org.jspecify.annotations.NullMarked;
