/**
 * The parts of the protocol by themselves, under JMH: no socket, no server, no other driver. What
 * an operation costs as a whole is measured elsewhere.
 */
@NullMarked
package io.bonito.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
