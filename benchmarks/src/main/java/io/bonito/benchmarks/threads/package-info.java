/**
 * Many threads, virtual ones by themselves, that share the few connections of a pool: Bonito beside
 * other drivers under HikariCP. Nothing here measures a thread that has a connection of its own.
 */
@NullMarked
package io.bonito.benchmarks.threads;

import org.jspecify.annotations.NullMarked;
