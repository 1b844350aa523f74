package io.bonito.testkit.fault;

/** Which of the two streams of a connection is meant. */
public enum Direction {
  TO_SERVER,
  TO_CLIENT
}
