/**
 * The benchmarks' command, the contest and its reports. No driver is known here by its classes:
 * each is loaded apart from the others, see {@code entrant}.
 */
@NullMarked
package io.bonito.benchmarks;

import org.jspecify.annotations.NullMarked;
