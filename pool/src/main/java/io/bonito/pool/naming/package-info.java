/**
 * A pool from a reference that a container keeps under a name. Looks up no name and loads no class.
 */
@NullMarked
package io.bonito.pool.naming;

import org.jspecify.annotations.NullMarked;
