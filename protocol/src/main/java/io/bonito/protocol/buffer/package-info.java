/** Cursors over bytes. No message is known here. */
@NullMarked
package io.bonito.protocol.buffer;

import org.jspecify.annotations.NullMarked;
