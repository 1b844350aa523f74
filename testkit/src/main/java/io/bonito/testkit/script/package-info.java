/**
 * A server that says what a test tells it to say, and talks with real servers as text files.
 *
 * <p>The server has neither thread nor socket unless it is asked to listen. No message of the
 * protocol is checked here: what is sent may be as wrong as the test wants.
 */
@NullMarked
package io.bonito.testkit.script;

import org.jspecify.annotations.NullMarked;
