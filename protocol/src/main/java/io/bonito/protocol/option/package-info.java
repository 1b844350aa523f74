/**
 * What a connection can be told before it is made: every option declared once, the typed view that
 * all faces share, and the grammar of JDBC URLs.
 *
 * <p>Not here: carrying an option out. Nothing in this package opens a file, resolves a name, loads
 * a class or logs; what a reader should know is returned as {@linkplain
 * io.bonito.protocol.option.ConnectionOptions#warnings() warnings}.
 */
@NullMarked
package io.bonito.protocol.option;

import org.jspecify.annotations.NullMarked;
