/** The JDBC driver on real servers. What needs no server is tested beside the driver. */
@NullMarked
package io.bonito.conformance.jdbc;

import org.jspecify.annotations.NullMarked;
