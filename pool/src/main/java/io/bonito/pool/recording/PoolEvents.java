package io.bonito.pool.recording;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** The events, by the names under which a recording has them. */
final class PoolEvents {
  private PoolEvents() {}

  /** Its duration is the wait; its stack is where somebody asked. */
  @Name("io.bonito.pool.BorrowWait")
  @Label("Borrow Wait")
  @Description("Somebody found nothing idle in a pool and waited")
  @StackTrace
  static final class BorrowWait extends PoolEvent {
    @Label("Refusal")
    @Description("Why nothing was lent; null if something was")
    @Nullable String refusal;
  }

  @Name("io.bonito.pool.Open")
  @Label("Open")
  @Description("A pool opened one, or tried to")
  static final class Open extends PoolEvent {
    @Label("Failure")
    @Description("Null if it was opened")
    @Nullable String failure;
  }

  @Name("io.bonito.pool.Close")
  @Label("Close")
  @Description("A pool closed one; the duration ends when the other side counts it no more")
  static final class Close extends PoolEvent {
    @Label("Reason")
    @Nullable String reason;

    @Label("Age")
    @Timespan(Timespan.NANOSECONDS)
    long age;
  }

  @Name("io.bonito.pool.Exhausted")
  @Label("Exhausted")
  @Description("Somebody waited in vain")
  @StackTrace
  static final class Exhausted extends PoolEvent {
    @Label("Cause")
    @Nullable String cause;

    @Label("Waited")
    @Timespan(Timespan.NANOSECONDS)
    long waited;

    @Label("Limit")
    int limit;

    @Label("Used")
    int used;

    @Label("Opening")
    int opening;

    @Label("Waiting")
    int waiting;

    @Label("Report")
    @Description("What the exception says: who holds what")
    @Nullable String report;
  }

  @Name("io.bonito.pool.Leak")
  @Label("Leak")
  @Description("One has been lent for longer than it should")
  static final class Leak extends PoolEvent {
    @Label("Holder")
    @Nullable String holder;

    @Label("Held")
    @Timespan(Timespan.NANOSECONDS)
    long held;

    @Label("Executing")
    @Description("False if it is held for nothing at this moment")
    boolean executing;

    @Label("Report")
    @Nullable String report;
  }
}
