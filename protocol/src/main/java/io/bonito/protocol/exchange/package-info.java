/**
 * One command and the whole of its response. No bytes of values here, and no deciding when to send.
 */
@NullMarked
package io.bonito.protocol.exchange;

import org.jspecify.annotations.NullMarked;
