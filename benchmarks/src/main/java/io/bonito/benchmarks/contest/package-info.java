/**
 * What the contest and its entrants share: the words in which they talk. Nothing here runs while
 * time is taken, since everything here is the same class for all.
 */
@NullMarked
package io.bonito.benchmarks.contest;

import org.jspecify.annotations.NullMarked;
