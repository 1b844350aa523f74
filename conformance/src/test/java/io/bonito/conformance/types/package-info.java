/**
 * One table of SQL types and their values, in and out by every way there is: text and binary,
 * blocking, event loop and JDBC, on each server. How a decoder reads its bytes is tested beside it.
 */
@NullMarked
package io.bonito.conformance.types;

import org.jspecify.annotations.NullMarked;
