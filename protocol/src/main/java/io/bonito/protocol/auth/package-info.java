/**
 * Proving a password. No knowing how packets travel, and no deciding whether the peer is verified.
 */
@NullMarked
package io.bonito.protocol.auth;

import org.jspecify.annotations.NullMarked;
