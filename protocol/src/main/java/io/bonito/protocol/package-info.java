/**
 * One connection without its socket. No sockets, threads, clocks or logging here; nothing that
 * waits.
 */
@NullMarked
package io.bonito.protocol;

import org.jspecify.annotations.NullMarked;
