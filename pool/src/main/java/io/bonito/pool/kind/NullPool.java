package io.bonito.pool.kind;

/** Keeps nothing: each loan is a new one, closed at its end. */
public final class NullPool<T> extends Pool<T> {
  NullPool(Parts<T> parts) {
    super(parts);
  }

  @Override
  public NullPool<T> recreate() {
    return new NullPool<>(parts());
  }

  @Override
  public String statusLine() {
    return "NullPool";
  }
}
