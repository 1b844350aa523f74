package io.bonito.benchmarks.growth.contest;

/**
 * What a piece of work took.
 *
 * @param nanos on the wall
 * @param cpuNanos of the thread that did it
 * @param bytes that it allocated
 */
public record Cost(double nanos, double cpuNanos, double bytes) {}
