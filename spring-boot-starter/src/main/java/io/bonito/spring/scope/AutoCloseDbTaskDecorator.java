package io.bonito.spring.scope;

import io.bonito.pool.AutoCloseDb;
import org.springframework.core.task.TaskDecorator;

/** Gives back what a task of an executor or a scheduler has forgotten to close. */
public final class AutoCloseDbTaskDecorator implements TaskDecorator {
  /** One for all tasks. */
  public AutoCloseDbTaskDecorator() {}

  @Override
  public Runnable decorate(Runnable task) {
    return AutoCloseDb.wrap(task);
  }
}
