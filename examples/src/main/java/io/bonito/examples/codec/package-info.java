/** Java types that only this application has. No wire format is known here. */
@NullMarked
package io.bonito.examples.codec;

import org.jspecify.annotations.NullMarked;
