/** Moving a session's bytes on a Netty event loop. Nothing here waits. */
@NullMarked
package io.bonito.netty;

import org.jspecify.annotations.NullMarked;
