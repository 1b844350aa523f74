/** Headers, splitting, joining, compression. No meaning of payloads here. */
@NullMarked
package io.bonito.protocol.packet;

import org.jspecify.annotations.NullMarked;
