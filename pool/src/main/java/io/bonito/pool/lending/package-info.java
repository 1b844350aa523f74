/**
 * The engine: it lends things that are dear to make, each to one borrower at a time. What the
 * things are is not known here: no SQL, no sockets, no names of arguments.
 */
@NullMarked
package io.bonito.pool.lending;

import org.jspecify.annotations.NullMarked;
