package io.bonito.conformance.types;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One value as it was read.
 *
 * @param outcomes what each getter said; empty for NULL
 * @param natural what getObject gave, or {@link Getter#REFUSED}; null for NULL, and for JDBC, whose
 *     classes are its own
 * @param text another column's text: what the server says that the value's is, or null
 * @param hex what the server says that its bytes are, or null where it was not asked
 */
record Reading(
    int id,
    Map<Getter, @Nullable Object> outcomes,
    @Nullable Object natural,
    @Nullable String text,
    @Nullable String hex) {}
