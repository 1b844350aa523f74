/** The demo. No driver code here; it uses what users use. */
@NullMarked
package io.bonito.demo;

import org.jspecify.annotations.NullMarked;
