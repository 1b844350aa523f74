/** What a measurement of growth and its subjects share. Nothing here runs while time is taken. */
@NullMarked
package io.bonito.benchmarks.growth.contest;

import org.jspecify.annotations.NullMarked;
