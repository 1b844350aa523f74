package io.bonito.pool.lending;

import org.jspecify.annotations.Nullable;

/** What all pools of the process may have together: {@code bonito.budget.connections}. */
public final class ProcessBudget {
  static final String PROPERTY = "bonito.budget.connections";
  static final String VARIABLE = "BONITO_BUDGET_CONNECTIONS";

  public static final Budget SHARED =
      new Budget(limit(System.getProperty(PROPERTY), System.getenv(VARIABLE)));

  private ProcessBudget() {}

  /** The property prevails over the variable; without either there is no limit. */
  static int limit(@Nullable String property, @Nullable String variable) {
    String text = property != null ? property : variable;
    if (text == null || text.isBlank()) {
      return Settings.UNLIMITED;
    }
    try {
      int limit = Integer.parseInt(text.trim());
      if (limit > 0) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException(PROPERTY + " is \"" + text + "\"; it may be: 1 or more");
  }
}
