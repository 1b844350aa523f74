/** How each driver does the work. Every entrant has its own copy of these classes. */
@NullMarked
package io.bonito.benchmarks.reactive.entrant;

import org.jspecify.annotations.NullMarked;
