/** The pools as Hibernate's source of connections. Knows nothing of entities or dialects. */
@NullMarked
package io.bonito.hibernate;

import org.jspecify.annotations.NullMarked;
