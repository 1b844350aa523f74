package io.bonito.pool.lending;

/**
 * A pool's numbers at one moment.
 *
 * @param limit how many there may be
 * @param ceiling how many there may be until the other side has room again; at most {@code limit}
 * @param idle ready to be lent
 * @param used lent
 * @param opening being opened
 * @param closing being checked or closed
 * @param waiting threads in the queue
 * @param detached gone with their borrowers
 * @param borrowed how often something was lent since the pool began
 * @param opened how many were opened since then
 * @param failed how many attempts to open failed
 * @param closed how many were closed
 * @param timedOut how many borrowers waited in vain
 */
public record PoolStatus(
    int limit,
    int ceiling,
    int idle,
    int used,
    int opening,
    int closing,
    int waiting,
    int detached,
    long borrowed,
    long opened,
    long failed,
    long closed,
    long timedOut) {

  /** What is counted against the limit. */
  public int total() {
    return idle + used + opening + closing;
  }
}
