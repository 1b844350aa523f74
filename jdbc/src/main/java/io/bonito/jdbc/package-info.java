/** java.sql over one session. No decision about the protocol is taken here. */
@NullMarked
package io.bonito.jdbc;

import org.jspecify.annotations.NullMarked;
