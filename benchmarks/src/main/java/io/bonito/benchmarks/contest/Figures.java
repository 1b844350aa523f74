package io.bonito.benchmarks.contest;

/**
 * What one operation took, on average over a window.
 *
 * @param nanos on the wall
 * @param cpuNanos of the thread that ran it
 * @param bytes that it allocated
 */
public record Figures(double nanos, double cpuNanos, double bytes) {}
