package io.bonito.pool.recording;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** What the events have in common. Stacks are taken only where they say something. */
@Category({"Bonito", "Pool"})
@StackTrace(false)
abstract class PoolEvent extends Event {
  @Label("Pool")
  @Nullable String pool;
}
