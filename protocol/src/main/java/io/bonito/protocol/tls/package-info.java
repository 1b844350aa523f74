/**
 * TLS between a transport and a session, over {@code SSLEngine}: contexts built from options, PEM
 * read, servers verified. No sockets here: cipher bytes come and go as buffers.
 */
@NullMarked
package io.bonito.protocol.tls;

import org.jspecify.annotations.NullMarked;
