/**
 * What holds for the whole: the architecture, the release, real servers. No unit is tested here.
 */
@NullMarked
package io.bonito.conformance;

import org.jspecify.annotations.NullMarked;
