/**
 * Statements without waiting: stages, publishers, callbacks. No bytes are moved and no protocol is
 * spoken here.
 */
@NullMarked
package io.bonito.async;

import org.jspecify.annotations.NullMarked;
