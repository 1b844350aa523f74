/**
 * What HikariCP is told about errors of these servers. No pool is here, and nothing else of the
 * driver needs HikariCP.
 */
@NullMarked
package io.bonito.jdbc.hikari;

import org.jspecify.annotations.NullMarked;
