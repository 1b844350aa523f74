/**
 * Pools as beans of JMX, under HikariCP's names for what they tell and do. The only package here
 * that knows {@code javax.management}; where that module is missing nothing of this is used. No
 * password is told, and no URL.
 */
@NullMarked
package io.bonito.pool.management;

import org.jspecify.annotations.NullMarked;
