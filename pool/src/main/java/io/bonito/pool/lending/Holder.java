package io.bonito.pool.lending;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who has a thing, and what that thread does at this moment.
 *
 * @param thread its name; "?" if it is not known
 * @param threadId its number; 0 if it is not known
 * @param state what the JVM says of it; "TERMINATED" means that nobody will give the thing back
 * @param heldNanos for how long, as far as anybody looked: at least that
 * @param executing whether the thing is busy; if not, it is held for nothing at this moment
 * @param activity what the thing is doing or did last, in the words of its {@link Source}
 * @param waiting whether the thread waits for another one of the same pool
 * @param stack where the thread is now
 * @param borrowedAt where it borrowed, if the pool remembers that
 */
public record Holder(
    String thread,
    long threadId,
    String state,
    long heldNanos,
    boolean executing,
    String activity,
    boolean waiting,
    List<StackTraceElement> stack,
    @Nullable Throwable borrowedAt) {

  private static final int FRAMES = 12;
  private static final List<String> NOBODYS =
      List.of(
          "java.",
          "jdk.",
          "io.bonito.pool.lending.",
          "io.bonito.pool.kind.",
          "io.bonito.pool.jdbc.");

  /** Whether the thread that borrowed has ended. */
  public boolean isDead() {
    return state.equals(Thread.State.TERMINATED.name());
  }

  /** One line, and the stacks below it. */
  public String describe() {
    StringBuilder text =
        new StringBuilder("  %s (%s) for %.1f s".formatted(thread, state, heldNanos / 1e9));
    if (!activity.isEmpty()) {
      text.append(", ").append(activity);
    }
    if (waiting) {
      text.append(", waits for another one itself");
    }
    if (isDead()) {
      text.append(", has ended and will not give it back");
    }
    append(text, "at", stack);
    if (borrowedAt != null) {
      append(text, "borrowed at", List.of(borrowedAt.getStackTrace()));
    }
    return text.toString();
  }

  /** The topmost frame, and then from the first one that is neither the JDK's nor the pool's. */
  private static void append(StringBuilder text, String word, List<StackTraceElement> stack) {
    int frames = 0;
    boolean foreign = false;
    for (int i = 0; i < stack.size() && frames < FRAMES; i++) {
      StackTraceElement frame = stack.get(i);
      foreign |= NOBODYS.stream().noneMatch(frame.getClassName()::startsWith);
      if (foreign || i == 0) {
        frames++;
        text.append("\n      %s %s.%s".formatted(word, frame.getClassName(), frame.getMethodName()))
            .append("(%s:%d)".formatted(frame.getFileName(), frame.getLineNumber()));
      }
    }
  }
}
