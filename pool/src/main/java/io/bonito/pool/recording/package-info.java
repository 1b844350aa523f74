/**
 * What a pool does, as events of the JDK's Flight Recorder. The only package here that knows {@code
 * jdk.jfr}; where that module is missing nothing of this is used. No log and no counter.
 */
@NullMarked
package io.bonito.pool.recording;

import org.jspecify.annotations.NullMarked;
