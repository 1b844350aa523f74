/** Results as columns. No row is kept, and no value is made an object. */
@NullMarked
package io.bonito.examples.columnar;

import org.jspecify.annotations.NullMarked;
