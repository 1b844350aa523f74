/**
 * Tells pools that their process was checkpointed and restored. The only package that knows CRaC;
 * without it on the class path nothing of this is used.
 */
@NullMarked
package io.bonito.pool.crac;

import org.jspecify.annotations.NullMarked;
