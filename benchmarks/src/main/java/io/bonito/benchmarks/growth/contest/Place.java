package io.bonito.benchmarks.growth.contest;

/**
 * All that a subject is told.
 *
 * @param driver the class
 * @param url of JDBC
 * @param streamingFetchSize what makes the driver hand out rows as they arrive
 */
public record Place(String driver, String url, int streamingFetchSize) {}
