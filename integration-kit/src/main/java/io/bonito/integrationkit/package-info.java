/** What any transport must pass. No transport is known here. */
@NullMarked
package io.bonito.integrationkit;

import org.jspecify.annotations.NullMarked;
