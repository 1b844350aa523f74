/** Figures that were kept, beside others that were kept. Nothing is measured here. */
@NullMarked
package io.bonito.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
