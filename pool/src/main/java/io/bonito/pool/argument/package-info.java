/** The arguments of pools, declared once. Chooses and makes no pool. */
@NullMarked
package io.bonito.pool.argument;

import org.jspecify.annotations.NullMarked;
