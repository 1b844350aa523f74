/**
 * A proxy that breaks connections where a test wants them broken: at a packet and a byte of it.
 *
 * <p>It knows where packets begin and end, and nothing of what is in them.
 */
@NullMarked
package io.bonito.testkit.fault;

import org.jspecify.annotations.NullMarked;
