/** Servers to test against. Nothing of the driver is known here. */
@NullMarked
package io.bonito.testkit;

import org.jspecify.annotations.NullMarked;
