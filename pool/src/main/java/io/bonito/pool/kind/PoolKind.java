package io.bonito.pool.kind;

import io.bonito.pool.argument.PoolArguments;

/** A kind of pool, found by its name; others' are found by ServiceLoader. */
public interface PoolKind {
  /** What {@code pool_class} says; compared without case. */
  String name();

  /**
   * Makes one.
   *
   * @param parts with the settings that the arguments lead to; a kind may have others
   */
  <T> Pool<T> create(Pool.Parts<T> parts, PoolArguments arguments);
}
