/**
 * Real MySQL and MariaDB servers on this machine, started for a test and gone after it.
 *
 * <p>Nothing here speaks through Bonito: servers are set up by {@link
 * io.bonito.testkit.server.AdminConnection}, a client just good enough for that, so that a fault of
 * the driver cannot hide itself.
 */
@NullMarked
package io.bonito.testkit.server;

import org.jspecify.annotations.NullMarked;
