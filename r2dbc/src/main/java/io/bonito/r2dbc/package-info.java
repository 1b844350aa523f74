/**
 * R2DBC 1.0. What statements mean and what a cancel does is decided below; here they are
 * publishers.
 */
@NullMarked
package io.bonito.r2dbc;

import org.jspecify.annotations.NullMarked;
