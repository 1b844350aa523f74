/** A transport on a plain NIO selector. No deadline of its own, no pool, no second address. */
@NullMarked
package io.bonito.examples.nio;

import org.jspecify.annotations.NullMarked;
