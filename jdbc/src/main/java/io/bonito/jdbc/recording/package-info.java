/**
 * What the driver does, as events of the JDK's Flight Recorder. The only package here that knows
 * {@code jdk.jfr}; where that module is missing nothing of this is used. No log, no clock, and
 * nothing of JDBC.
 */
@NullMarked
package io.bonito.jdbc.recording;

import org.jspecify.annotations.NullMarked;
