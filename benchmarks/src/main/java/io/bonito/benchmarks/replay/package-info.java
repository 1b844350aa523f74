/**
 * A server's answers from memory, so that a driver can be measured without a server. What is said
 * is not understood here but for the end of the login.
 */
@NullMarked
package io.bonito.benchmarks.replay;

import org.jspecify.annotations.NullMarked;
