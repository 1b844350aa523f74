/** Moving a session's bytes, blocking. No SQL types here, and no event loop. */
@NullMarked
package io.bonito.transport;

import org.jspecify.annotations.NullMarked;
