/** What an application writes above its methods. Acts by itself nowhere: a framework reads it. */
@NullMarked
package io.bonito.pool.annotation;

import org.jspecify.annotations.NullMarked;
