/**
 * What runs while time is taken. Loaded anew for each entrant, so that the machine's compiler
 * learns about one driver at a time; nothing here is known to the contest by its class.
 */
@NullMarked
package io.bonito.benchmarks.entrant;

import org.jspecify.annotations.NullMarked;
