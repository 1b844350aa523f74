/**
 * The words that the bench of threads and its entrants share; nothing here runs while time is
 * taken.
 */
@NullMarked
package io.bonito.benchmarks.threads.contest;

import org.jspecify.annotations.NullMarked;
