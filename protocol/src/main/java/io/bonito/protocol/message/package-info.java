/** One wire message a file. No order of messages here, and no state. */
@NullMarked
package io.bonito.protocol.message;

import org.jspecify.annotations.NullMarked;
