/** Kinds of SQL value to Java and back. No rows, no packets, no SQL text here. */
@NullMarked
package io.bonito.protocol.value;

import org.jspecify.annotations.NullMarked;
