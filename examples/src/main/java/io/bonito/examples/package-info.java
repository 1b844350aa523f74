/** Small programs to read. Nothing here is needed by anything else. */
@NullMarked
package io.bonito.examples;

import org.jspecify.annotations.NullMarked;
