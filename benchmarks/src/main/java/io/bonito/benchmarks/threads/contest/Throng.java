package io.bonito.benchmarks.threads.contest;

/** One driver under one pool, and all the threads that want its connections. */
public interface Throng extends AutoCloseable {
  /**
   * Lets all threads borrow, read one row and give back, again and again for about so long, and
   * returns when the last one has ended.
   *
   * @return how many rows were read, at least one by each thread
   */
  long work(long nanos) throws Exception;

  /** Has its connections say all that they say in work, also after a rest. */
  void record() throws Exception;

  @Override
  void close();
}
