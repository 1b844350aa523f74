/** The DataSource over any driver. How lending is done is not here. */
@NullMarked
package io.bonito.pool;

import org.jspecify.annotations.NullMarked;
