/** Certificates made at test time, good ones and bad ones, so that no private key is ever kept. */
@NullMarked
package io.bonito.testkit.tls;

import org.jspecify.annotations.NullMarked;
