/** Options declared once, and the URL that carries them. No code here acts on an option. */
@NullMarked
package io.bonito.protocol.option;

import org.jspecify.annotations.NullMarked;
