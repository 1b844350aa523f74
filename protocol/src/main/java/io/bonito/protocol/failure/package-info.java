/**
 * What went wrong, told by what is known of its effect. No SQLException here; faces make theirs.
 */
@NullMarked
package io.bonito.protocol.failure;

import org.jspecify.annotations.NullMarked;
