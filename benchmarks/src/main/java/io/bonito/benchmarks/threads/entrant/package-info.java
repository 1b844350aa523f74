/** Pools and drivers at work for many threads; loaded anew for each rival. */
@NullMarked
package io.bonito.benchmarks.threads.entrant;

import org.jspecify.annotations.NullMarked;
