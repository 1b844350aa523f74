package io.bonito.benchmarks.reactive.contest;

/** One driver with its connections, ready to do its task again and again on all of them at once. */
public interface Crew {
  /**
   * Keeps every connection at work for about so long, with one operation each, and returns when the
   * last one is over.
   *
   * @return how many operations were done
   */
  long work(long nanos) throws Exception;

  void close() throws Exception;
}
