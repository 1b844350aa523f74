/** Rows found in place, and rows kept. No Java values are made here; that is {@code value}'s. */
@NullMarked
package io.bonito.protocol.row;

import org.jspecify.annotations.NullMarked;
