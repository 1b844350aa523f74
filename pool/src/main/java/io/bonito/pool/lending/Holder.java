package io.bonito.pool.lending;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who has a thing, and what that thread does at this moment.
 *
 * @param thread its name; "?" if it is not known
 * @param state what the JVM says of it; "TERMINATED" means that nobody will give the thing back
 * @param heldNanos for how long, as far as anybody looked: at least that
 * @param activity what the thing is doing, in the words of its {@link Source}
 * @param stack where the thread is now
 * @param borrowedAt where it borrowed, if the pool remembers that
 */
public record Holder(
    String thread,
    String state,
    long heldNanos,
    String activity,
    List<StackTraceElement> stack,
    @Nullable Throwable borrowedAt) {

  static final int FRAMES = 12;

  /** One line, and the stack below it. */
  String describe() {
    StringBuilder text =
        new StringBuilder("  %s (%s) for %.1f s".formatted(thread, state, heldNanos / 1e9));
    if (!activity.isEmpty()) {
      text.append(", ").append(activity);
    }
    int frames = 0;
    for (StackTraceElement element : stack) {
      if (frames++ == FRAMES) {
        break;
      }
      text.append("\n      at ").append(element);
    }
    return text.toString();
  }
}
