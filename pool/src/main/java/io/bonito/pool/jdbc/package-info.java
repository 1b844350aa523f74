/**
 * Connections that are lent: what the application holds instead of the driver's objects. Knows no
 * names of arguments and chooses no pool.
 */
@NullMarked
package io.bonito.pool.jdbc;

import org.jspecify.annotations.NullMarked;
