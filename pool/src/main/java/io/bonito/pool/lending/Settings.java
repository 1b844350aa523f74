package io.bonito.pool.lending;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;

/**
 * How a pool lends.
 *
 * @param name what it is called in messages
 * @param limit how many things there may be at once, opening and closing ones included; {@link
 *     #UNLIMITED}
 * @param keep how many of them stay although nobody uses them; those above it linger only
 * @param minimumIdle how many are to be ready although nobody has asked, 0 or more
 * @param lingerNanos how long one above {@code keep} rests before it is closed; 0: closed at return
 * @param idleNanos how long any one rests before it is closed; 0: for ever
 * @param lifetimeNanos how old one gets; 0: as old as it likes
 * @param lifetimeJitter by what part of it lifetimes are shortened at random, 0 to 1
 * @param checkAfterNanos how long one may rest before it is checked ahead of lending; 0: checked
 *     always, unless it is new; {@link #NEVER}
 * @param keepAliveNanos how long one rests before it is checked in the background; 0: never
 * @param order which of several idle ones is lent
 * @param maximumWaiters how many may wait; more are refused at once
 * @param parallelOpenings how many are opened at the same time
 * @param patient whether to wait a little for returns before more are opened than one
 * @param closeAtReturn whether each one is used once only
 * @param nestedBorrowsFail whether a deadlock by nested borrowing is told rather than waited for
 * @param traceback whether each loan remembers where it was made
 * @param leakNanos how long a loan may take before listeners hear of it; 0: for ever
 * @param traceNanos for how long, after somebody has waited in vain, each loan remembers where it
 *     was made; 0: not at all
 */
public record Settings(
    String name,
    int limit,
    int keep,
    int minimumIdle,
    long lingerNanos,
    long idleNanos,
    long lifetimeNanos,
    double lifetimeJitter,
    long checkAfterNanos,
    long keepAliveNanos,
    Order order,
    int maximumWaiters,
    int parallelOpenings,
    boolean patient,
    boolean closeAtReturn,
    boolean nestedBorrowsFail,
    boolean traceback,
    long leakNanos,
    long traceNanos) {

  public static final int UNLIMITED = Integer.MAX_VALUE;
  public static final long NEVER = Long.MAX_VALUE;

  /** Which of several idle things is lent next. */
  public enum Order {
    /** The one that this thread had last, else any: the fastest. */
    ANY,
    /** The one returned last. */
    LIFO,
    /** The one returned first. */
    FIFO
  }

  public Settings {
    if (limit < 1 || keep < 0 || minimumIdle < 0 || maximumWaiters < 0 || parallelOpenings < 1) {
      throw new IllegalArgumentException(
          "limit %d, keep %d, minimumIdle %d, maximumWaiters %d, parallelOpenings %d"
              .formatted(limit, keep, minimumIdle, maximumWaiters, parallelOpenings));
    }
    if (!(lifetimeJitter >= 0 && lifetimeJitter <= 1)) {
      throw new IllegalArgumentException("lifetimeJitter " + lifetimeJitter);
    }
  }

  /** Whether each loan must be looked at, so that the short way is closed. */
  boolean careful() {
    return checkAfterNanos == 0 || order != Order.ANY || traceback || closeAtReturn;
  }

  /**
   * Until when one is lent.
   *
   * @param chance between 0 and 1: who is opened together is not to end together
   */
  long expiry(long openedAt, double chance) {
    return lifetimeNanos == 0
        ? NEVER
        : openedAt + (long) (lifetimeNanos * (1 - lifetimeJitter * chance));
  }

  /** These, with those of the others that may change while a pool works. */
  Settings live(Settings changed) {
    return toBuilder()
        .limit(changed.limit)
        .keep(changed.keep)
        .minimumIdle(changed.minimumIdle)
        .linger(changed.lingerNanos)
        .idle(changed.idleNanos)
        .lifetime(changed.lifetimeNanos, changed.lifetimeJitter)
        .keepAlive(changed.keepAliveNanos)
        .maximumWaiters(changed.maximumWaiters)
        .parallelOpenings(changed.parallelOpenings)
        .leak(changed.leakNanos)
        .trace(changed.traceNanos)
        .build();
  }

  /** The same, to be changed. */
  public Builder toBuilder() {
    Builder builder = new Builder(name);
    builder.limit = limit;
    builder.keep = keep;
    builder.minimumIdle = minimumIdle;
    builder.linger = lingerNanos;
    builder.idle = idleNanos;
    builder.lifetime = lifetimeNanos;
    builder.jitter = lifetimeJitter;
    builder.checkAfter = checkAfterNanos;
    builder.keepAlive = keepAliveNanos;
    builder.order = order;
    builder.maximumWaiters = maximumWaiters;
    builder.parallelOpenings = parallelOpenings;
    builder.patient = patient;
    builder.closeAtReturn = closeAtReturn;
    builder.nestedBorrowsFail = nestedBorrowsFail;
    builder.traceback = traceback;
    builder.leak = leakNanos;
    builder.trace = traceNanos;
    return builder;
  }

  public static Builder named(String name) {
    return new Builder(name);
  }

  /** Starts from the defaults. */
  public static final class Builder {
    private final String name;
    private int limit = 10;
    private int keep = UNLIMITED;
    private int minimumIdle;
    private long linger = SECONDS.toNanos(30);
    private long idle = MINUTES.toNanos(10);
    private long lifetime = MINUTES.toNanos(30);
    private double jitter = 0.25;
    private long checkAfter = MILLISECONDS.toNanos(500);
    private long keepAlive;
    private Order order = Order.ANY;
    private int maximumWaiters = UNLIMITED;
    private int parallelOpenings = 8;
    private boolean patient = true;
    private boolean closeAtReturn;
    private boolean nestedBorrowsFail = true;
    private boolean traceback;
    private long leak;
    private long trace;

    private Builder(String name) {
      this.name = name;
    }

    public Builder limit(int limit) {
      this.limit = limit;
      return this;
    }

    public Builder keep(int keep) {
      this.keep = keep;
      return this;
    }

    public Builder minimumIdle(int minimumIdle) {
      this.minimumIdle = minimumIdle;
      return this;
    }

    public Builder linger(long nanos) {
      linger = nanos;
      return this;
    }

    public Builder idle(long nanos) {
      idle = nanos;
      return this;
    }

    public Builder lifetime(long nanos, double jitterPart) {
      lifetime = nanos;
      jitter = jitterPart;
      return this;
    }

    public Builder checkAfter(long nanos) {
      checkAfter = nanos;
      return this;
    }

    public Builder keepAlive(long nanos) {
      keepAlive = nanos;
      return this;
    }

    public Builder order(Order order) {
      this.order = order;
      return this;
    }

    public Builder maximumWaiters(int maximumWaiters) {
      this.maximumWaiters = maximumWaiters;
      return this;
    }

    public Builder parallelOpenings(int parallelOpenings) {
      this.parallelOpenings = parallelOpenings;
      return this;
    }

    public Builder patient(boolean patient) {
      this.patient = patient;
      return this;
    }

    public Builder closeAtReturn(boolean closeAtReturn) {
      this.closeAtReturn = closeAtReturn;
      return this;
    }

    public Builder nestedBorrowsFail(boolean nestedBorrowsFail) {
      this.nestedBorrowsFail = nestedBorrowsFail;
      return this;
    }

    public Builder traceback(boolean traceback) {
      this.traceback = traceback;
      return this;
    }

    public Builder leak(long nanos) {
      leak = nanos;
      return this;
    }

    public Builder trace(long nanos) {
      trace = nanos;
      return this;
    }

    public Settings build() {
      return new Settings(
          name,
          limit,
          keep,
          minimumIdle,
          linger,
          idle,
          lifetime,
          jitter,
          checkAfter,
          keepAlive,
          order,
          maximumWaiters,
          parallelOpenings,
          patient,
          closeAtReturn,
          nestedBorrowsFail,
          traceback,
          leak,
          trace);
    }
  }
}
