package io.bonito.pool.kind;

import io.bonito.pool.argument.Argument;
import io.bonito.pool.argument.Arguments;
import io.bonito.pool.argument.PoolArguments;
import io.bonito.pool.kind.Pool.Parts;
import io.bonito.pool.lending.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** SQLAlchemy's five, and those that others have named in {@code META-INF/services}. */
public final class PoolKinds {
  private static final List<PoolKind> OWN =
      List.of(new Queue(), new SingletonThread(), new Assertion(), new Null(), new Static());

  private PoolKinds() {}

  /** All there are, SQLAlchemy's first. */
  public static List<PoolKind> all() {
    List<PoolKind> kinds = new ArrayList<>(OWN);
    ServiceLoader.load(PoolKind.class).forEach(kinds::add);
    return kinds;
  }

  /**
   * @throws IllegalArgumentException where there is none of that name
   */
  public static PoolKind named(String name) {
    List<PoolKind> kinds = all();
    for (PoolKind kind : kinds) {
      if (kind.name().equalsIgnoreCase(name.trim())) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "pool_class is \"%s\"; it may be: %s"
            .formatted(name, kinds.stream().map(PoolKind::name).toList()));
  }

  /** What the arguments say of the engine. */
  public static Settings settings(String name, PoolArguments arguments) {
    int maximum = arguments.get(Arguments.MAXIMUM);
    boolean isMaximum = maximum > 0;
    int size = isMaximum ? maximum : arguments.get(Arguments.POOL_SIZE);
    int overflow = isMaximum ? 0 : arguments.get(Arguments.MAX_OVERFLOW);
    boolean unlimited = size == 0 || overflow < 0;
    return Settings.named(name)
        .limit(unlimited ? Settings.UNLIMITED : size + overflow)
        .keep(size == 0 ? Settings.UNLIMITED : size)
        .minimumIdle(arguments.get(Arguments.MINIMUM_IDLE))
        .linger(arguments.get(Arguments.LINGER))
        .idle(orNone(arguments, Arguments.IDLE_TIMEOUT))
        .lifetime(orNone(arguments, Arguments.RECYCLE), 0.25)
        .checkAfter(arguments.get(Arguments.PRE_PING) ? 0 : arguments.get(Arguments.CHECK_AFTER))
        .keepAlive(orNone(arguments, Arguments.KEEP_ALIVE))
        .order(order(arguments))
        .maximumWaiters(arguments.get(Arguments.MAXIMUM_WAITERS))
        .parallelOpenings(arguments.get(Arguments.PARALLEL_OPENINGS))
        .leak(orNone(arguments, Arguments.LEAK))
        .trace(orNone(arguments, Arguments.TRACE))
        .build();
  }

  private static long orNone(PoolArguments arguments, Argument<Long> argument) {
    long nanos = arguments.get(argument);
    return nanos == Arguments.NEVER ? 0 : nanos;
  }

  private static Settings.Order order(PoolArguments arguments) {
    if (arguments.get(Arguments.USE_LIFO)) {
      return Settings.Order.LIFO;
    }
    return switch (arguments.get(Arguments.IDLE_ORDER)) {
      case "lifo" -> Settings.Order.LIFO;
      case "fifo" -> Settings.Order.FIFO;
      default -> Settings.Order.ANY;
    };
  }

  private static final class Queue implements PoolKind {
    @Override
    public String name() {
      return "QueuePool";
    }

    @Override
    public <T> Pool<T> create(Parts<T> parts, PoolArguments arguments) {
      return arguments.get(Arguments.USE_THREADLOCAL)
          ? new ThreadLocalQueuePool<>(parts)
          : new QueuePool<>(parts);
    }
  }

  private static final class SingletonThread implements PoolKind {
    @Override
    public String name() {
      return "SingletonThreadPool";
    }

    @Override
    public <T> Pool<T> create(Parts<T> parts, PoolArguments arguments) {
      int size = Math.max(1, parts.settings().keep());
      return new SingletonThreadPool<>(
          parts.with(parts.settings().toBuilder().limit(size).nestedBorrowsFail(false).build()));
    }
  }

  private static final class Assertion implements PoolKind {
    @Override
    public String name() {
      return "AssertionPool";
    }

    @Override
    public <T> Pool<T> create(Parts<T> parts, PoolArguments arguments) {
      return new AssertionPool<>(
          parts.with(
              parts.settings().toBuilder()
                  .limit(1)
                  .keep(1)
                  .traceback(arguments.get(Arguments.STORE_TRACEBACK))
                  .build()));
    }
  }

  private static final class Null implements PoolKind {
    @Override
    public String name() {
      return "NullPool";
    }

    @Override
    public <T> Pool<T> create(Parts<T> parts, PoolArguments arguments) {
      return new NullPool<>(
          parts.with(
              parts.settings().toBuilder()
                  .limit(Settings.UNLIMITED)
                  .keep(0)
                  .minimumIdle(0)
                  .closeAtReturn(true)
                  .patient(false)
                  .build()));
    }
  }

  private static final class Static implements PoolKind {
    @Override
    public String name() {
      return "StaticPool";
    }

    @Override
    public <T> Pool<T> create(Parts<T> parts, PoolArguments arguments) {
      return new StaticPool<>(
          parts.with(
              parts.settings().toBuilder().limit(1).keep(1).nestedBorrowsFail(false).build()));
    }
  }
}
