/**
 * Bonito's pools under a Spring Boot application's data sources. Holds what Boot 3.5 and Boot 4
 * have in common, and no pool.
 */
@NullMarked
package io.bonito.spring;

import org.jspecify.annotations.NullMarked;
