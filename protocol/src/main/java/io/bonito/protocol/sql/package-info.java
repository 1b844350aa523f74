/**
 * Placeholders, comments and quotes in SQL text. No sending of it, and no understanding beyond
 * that.
 */
@NullMarked
package io.bonito.protocol.sql;

import org.jspecify.annotations.NullMarked;
